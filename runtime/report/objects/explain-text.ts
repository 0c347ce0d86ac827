/** A schema of an OpenAPI document, as far as it is looked at. */
export interface OpenApiSchema {
  readonly type?: string;
  readonly format?: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, OpenApiSchema>>;
  readonly items?: OpenApiSchema;
  readonly additionalProperties?: OpenApiSchema;
  readonly allOf?: readonly OpenApiSchema[];
  readonly $ref?: string;
}

export interface ExplainRequest {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  /** Of the kind. */
  readonly schema: OpenApiSchema;
  /** By the name at the end of a `$ref`. */
  readonly schemas: Readonly<Record<string, OpenApiSchema>>;
  /** The names of fields that lead from the object to what is explained; none for the object itself. */
  readonly path: readonly string[];
  /** All fields of fields, without their descriptions. */
  readonly isRecursive: boolean;
}

export type ExplainText =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

const WIDTH = 76;
const NO_DESCRIPTION = '<no description>';

/** What `explain` prints of a kind or of one of its fields, in kubectl's form. */
export function explainText(request: ExplainRequest): ExplainText {
  const { group, version, kind, path } = request;
  let schema = request.schema;
  for (const [at, name] of path.entries()) {
    const next = fieldsOf(schema, request)[name];
    if (next === undefined) {
      const fields = Object.keys(fieldsOf(schema, request)).join(', ');
      const where = [kind, ...path.slice(0, at)].join('.');
      const known = fields === '' ? `${where} has no fields` : `${where} has ${fields}`;
      return { ok: false, message: `field "${name}" does not exist: ${known}` };
    }
    schema = next;
  }
  const head = `GROUP:      ${group}\nKIND:       ${kind}\nVERSION:    ${version}\n\n`;
  const last = path.at(-1);
  const field = last === undefined ? '' : `FIELD: ${last} <${typeOf(schema, request)}>\n\n`;
  const description = `DESCRIPTION:\n${wrapped(descriptionOf(schema, request), 4)}\n`;
  const list = request.isRecursive ? tree(schema, request, 1) : fieldList(schema, request);
  return { ok: true, text: `${head}${field}${description}${list === '' ? '' : `FIELDS:\n${list}\n`}` };
}

function fieldList(schema: OpenApiSchema, request: ExplainRequest): string {
  return sorted(fieldsOf(schema, request))
    .map(([name, field]) => `  ${name}\t<${typeOf(field, request)}>\n${wrapped(descriptionOf(field, request), 4)}`)
    .join('\n');
}

function tree(schema: OpenApiSchema, request: ExplainRequest, depth: number): string {
  return sorted(fieldsOf(schema, request))
    .map(
      ([name, field]) =>
        `${'  '.repeat(depth)}${name}\t<${typeOf(field, request)}>\n${tree(field, request, depth + 1)}`,
    )
    .join('');
}

function sorted(fields: Readonly<Record<string, OpenApiSchema>>): readonly (readonly [string, OpenApiSchema])[] {
  return Object.entries(fields).sort(([one], [other]) => (one < other ? -1 : 1));
}

/** The schema behind references. */
function resolved(schema: OpenApiSchema, request: ExplainRequest): OpenApiSchema {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (ref === undefined) return schema;
  return request.schemas[ref.slice(ref.lastIndexOf('/') + 1)] ?? schema;
}

/** The fields of an object, also of the objects in a list. */
function fieldsOf(schema: OpenApiSchema, request: ExplainRequest): Readonly<Record<string, OpenApiSchema>> {
  const { properties, items } = resolved(schema, request);
  if (properties !== undefined) return properties;
  return items === undefined ? {} : fieldsOf(items, request);
}

function descriptionOf(schema: OpenApiSchema, request: ExplainRequest): string {
  return schema.description ?? resolved(schema, request).description ?? NO_DESCRIPTION;
}

/** `[]string`, `map[string]string`, `ObjectMeta`, as kubectl writes types. */
function typeOf(schema: OpenApiSchema, request: ExplainRequest): string {
  const ref = schema.$ref ?? schema.allOf?.[0]?.$ref;
  if (ref !== undefined) return ref.slice(ref.lastIndexOf('.') + 1);
  if (schema.items !== undefined) return `[]${typeOf(schema.items, request)}`;
  if (schema.additionalProperties !== undefined) return `map[string]${typeOf(schema.additionalProperties, request)}`;
  if (schema.format === 'date-time') return 'Time';
  return schema.type === undefined || schema.type === 'object' ? 'Object' : schema.type;
}

function wrapped(text: string, indent: number): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > WIDTH) {
        lines.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    lines.push(line);
  }
  return lines.map((line) => `${`${' '.repeat(indent)}${line}`.trimEnd()}\n`).join('');
}
