import type { ApiState, OwnObject } from '../../state/api-state.ts';
import { ownObjects } from '../../state/api-state.ts';
import { managedFields } from '../field-managers.ts';
import type { Projected, Projector } from './projected.ts';

/** Objects that somebody made, of one kind. `statusOf` answers the same value again as long as nothing changed. */
export function ownProjector(
  resource: string,
  statusOf: (object: OwnObject, api: ApiState) => object | undefined = () => undefined,
): Projector {
  const known = new WeakMap<OwnObject, { readonly status: object | undefined; readonly made: Projected }>();
  return function* ({ state: { api } }) {
    for (const object of ownObjects(api, resource)) {
      const status = statusOf(object, api);
      let made = known.get(object);
      if (made === undefined || made.status !== status) {
        made = { status, made: ownObject(object, status) };
        known.set(object, made);
      }
      yield made.made;
    }
  };
}

function ownObject(
  { name, labels, annotations, body, by, createdAt, managers }: OwnObject,
  status: object | undefined,
): Projected {
  return {
    name,
    createdAt,
    labels,
    annotations,
    owned: by === 'tiltfile',
    ...(managers !== undefined && { managedFields: managedFields(managers) }),
    body: status === undefined ? body : { ...body, status },
  };
}

/** Remembers what was made of a thing. */
export function perThing<Thing extends object, Made>(make: (thing: Thing) => Made): (thing: Thing) => Made {
  const known = new WeakMap<Thing, Made>();
  return (thing) => {
    let made = known.get(thing);
    if (made === undefined) {
      made = make(thing);
      known.set(thing, made);
    }
    return made;
  };
}

/** One projector after the other; of two objects of the same name the first counts. */
export function both(...projectors: readonly Projector[]): Projector {
  return function* (world) {
    for (const projector of projectors) yield* projector(world);
  };
}
