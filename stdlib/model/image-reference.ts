/** A Docker image reference in its full form: `docker.io/library/busybox:1.36`. */
export interface ImageReference {
  /** The registry, such as `docker.io` or `127.0.0.1:5000`. */
  readonly domain: string;
  /** The repository within the registry, such as `library/busybox`. */
  readonly path: string;
  /** Empty when not given. */
  readonly tag: string;
  /** Such as `sha256:…`; empty when not given. */
  readonly digest: string;
}

/** Where an image ends up when a registry stands in for the one that its name says. */
export interface RegistryName {
  /** Such as `127.0.0.1:5000` or `host/project`; empty leaves names as they are. */
  readonly host: string;
  /** The one repository that all images share; empty when each has its own. */
  readonly singleName: string;
}

const DOMAIN_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = `(?:${DOMAIN_PART}(?:\\.${DOMAIN_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?`;
const PATH_PART = '[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*';
const PATH = `${PATH_PART}(?:/${PATH_PART})*`;
const TAG = '\\w[\\w.-]{0,127}';
const DIGEST = '[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}';

const REFERENCE = new RegExp(`^(?:(${DOMAIN})/)?(${PATH})(?::(${TAG}))?(?:@(${DIGEST}))?$`);
const PLAIN_ID = /^[a-f0-9]{64}$/;
const DIGEST_LENGTHS: Readonly<Record<string, number>> = { sha256: 64, sha384: 96, sha512: 128 };
const MAX_NAME_LENGTH = 255;
const DEFAULT_DOMAIN = 'docker.io';
const LEGACY_DEFAULT_DOMAIN = 'index.docker.io';
const OFFICIAL_PREFIX = 'library/';

export type ParsedImageReference =
  | { readonly ok: true; readonly value: ImageReference }
  | { readonly ok: false; readonly message: string };

/** Reads a reference as `docker` does: `busybox` is `docker.io/library/busybox`. */
export function parseImageReference(text: string): ParsedImageReference {
  if (PLAIN_ID.test(text)) {
    return refuse(`invalid repository name (${text}), cannot specify 64-byte hexadecimal strings`);
  }
  const { domain, rest } = splitDomain(text);
  const name = rest.split(':', 1)[0] ?? '';
  if (name !== name.toLowerCase()) {
    return refuse(`invalid reference format: repository name (${name}) must be lowercase`);
  }
  const match = REFERENCE.exec(`${domain}/${rest}`);
  if (!match) return refuse('invalid reference format');
  const [, matchedDomain = '', path = '', tag = '', digest = ''] = match;
  if (matchedDomain === '') return refuse('invalid reference format');
  if (matchedDomain.length + 1 + path.length > MAX_NAME_LENGTH) {
    return refuse(`repository name must not be more than ${MAX_NAME_LENGTH} characters`);
  }
  const digestProblem = digest === '' ? undefined : checkDigest(digest);
  if (digestProblem !== undefined) return refuse(digestProblem);
  return { ok: true, value: { domain: matchedDomain, path, tag, digest } };
}

function refuse(message: string): ParsedImageReference {
  return { ok: false, message };
}

/** The first part is a registry when it cannot be a part of a Docker Hub name: a dot, a port, `localhost` or capitals. */
function splitDomain(text: string): { domain: string; rest: string } {
  const slash = text.indexOf('/');
  const first = slash < 0 ? '' : text.slice(0, slash);
  const isDomain = slash >= 0 && (/[.:]/.test(first) || first === 'localhost' || first !== first.toLowerCase());
  let domain = isDomain ? first : DEFAULT_DOMAIN;
  let rest = isDomain ? text.slice(slash + 1) : text;
  if (domain === LEGACY_DEFAULT_DOMAIN) domain = DEFAULT_DOMAIN;
  if (domain === DEFAULT_DOMAIN && !rest.includes('/')) rest = OFFICIAL_PREFIX + rest;
  return { domain, rest };
}

function checkDigest(digest: string): string | undefined {
  const [algorithm = '', hex = ''] = digest.split(':');
  const length = DIGEST_LENGTHS[algorithm];
  if (length === undefined) return 'unsupported digest algorithm';
  if (hex.length !== length) return 'invalid checksum digest length';
  return /^[a-f0-9]+$/.test(hex) ? undefined : 'invalid checksum digest format';
}

/** The full repository: `docker.io/library/busybox`. Two references are of the same image when this is equal. */
export function repositoryName(reference: ImageReference): string {
  return `${reference.domain}/${reference.path}`;
}

/** The full form with tag and digest: `docker.io/library/busybox:1.36`. */
export function fullReference(reference: ImageReference): string {
  return repositoryName(reference) + suffix(reference);
}

/** The repository as people write it: `busybox`, `example/web`, `127.0.0.1:5000/web`. */
export function familiarName(reference: ImageReference): string {
  if (reference.domain !== DEFAULT_DOMAIN) return repositoryName(reference);
  const short = reference.path.slice(OFFICIAL_PREFIX.length);
  return reference.path.startsWith(OFFICIAL_PREFIX) && !short.includes('/') ? short : reference.path;
}

/** As people write it, with tag and digest: `busybox:1.36`. */
export function familiarReference(reference: ImageReference): string {
  return familiarName(reference) + suffix(reference);
}

/** The same repository with another tag and no digest. */
export function withTag(reference: ImageReference, tag: string): ImageReference {
  return { domain: reference.domain, path: reference.path, tag, digest: '' };
}

function suffix(reference: ImageReference): string {
  return (reference.tag && `:${reference.tag}`) + (reference.digest && `@${reference.digest}`);
}

/** A repository name as one part of a path: `127.0.0.1:5000/web` becomes `127.0.0.1_5000_web`. */
export function escapeRepositoryName(name: string): string {
  return name.replace(/[/:@]/g, '_');
}

/**
 * The repository under which an image stands in a registry, in familiar form: `example/web` in `127.0.0.1:5000` is
 * `127.0.0.1:5000/example_web`. Names that are in that registry already stay, and so does every name for an empty host.
 */
export function repositoryInRegistry(reference: ImageReference, registry: RegistryName): string {
  const name = familiarName(reference);
  if (registry.host === '' || name.startsWith(`${registry.host}/`)) return name;
  return `${registry.host}/${registry.singleName || escapeRepositoryName(name)}`;
}

/** The tag under which a build stands in a registry: with a shared repository, the image's own name comes first. */
export function tagInRegistry(reference: ImageReference, registry: RegistryName, tag: string): string {
  if (registry.host === '' || registry.singleName === '') return tag;
  const path = familiarName(reference);
  return `${escapeRepositoryName(path.slice(path.lastIndexOf('/') + 1))}-${tag}`;
}
