/** The variables by which commands find the program that runs them. */
export function programVariables(host: string, port: number): Record<string, string> {
  return { TILT_HOST: host, TILT_PORT: String(port) };
}
