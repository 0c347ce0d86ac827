/** An environment with `NAME=value` pairs added to it, in order. */
export function environmentOf(
  base: Readonly<Record<string, string | undefined>>,
  pairs: readonly string[],
): Record<string, string | undefined> {
  const environment = { ...base };
  for (const pair of pairs) {
    const mark = pair.indexOf('=');
    if (mark > 0) environment[pair.slice(0, mark)] = pair.slice(mark + 1);
  }
  return environment;
}

/** The variables by which commands find the images that were built for them: `TILT_IMAGE_0`, …; in the order of the Tiltfile. */
export function imageVariables(images: readonly { readonly ref: string; readonly name: string }[]): readonly string[] {
  return images.flatMap(({ ref, name }, place) => [
    // The object of Tilt's API that the image has; its name holds no slashes.
    `TILT_IMAGE_MAP_${place}=${ref.replace(/[/%]/g, '_')}`,
    `TILT_IMAGE_${place}=${name}`,
  ]);
}
