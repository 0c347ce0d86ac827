// A reporter of Node's test runner: the test files that failed, a line each.
// biome-ignore lint/style/noDefaultExport: the runner of Node takes nothing else.
export default async function* failedFiles(events) {
  const files = new Set();
  for await (const { type, data } of events) if (type === 'test:fail' && data.file !== undefined) files.add(data.file);
  for (const file of files) yield `${file}\n`;
}
