/** A flag that takes several words, with commas between them or by being given again. */
export function commaList(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, ...text.split(',').filter((word) => word !== '')];
}
