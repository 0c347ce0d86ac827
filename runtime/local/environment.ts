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

/** The variables by which commands find the program that runs them. */
export function programVariables(host: string, port: number): Record<string, string> {
  return { TILT_HOST: host, TILT_PORT: String(port) };
}
