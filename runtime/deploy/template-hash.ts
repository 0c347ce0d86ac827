/** The label that ties pods to the version of the template that made them; Tilt's own. */
export const TEMPLATE_HASH = 'tilt.dev/pod-template-hash';
