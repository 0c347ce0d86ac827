// Calls each server once and fails unless it greets: node check.mjs PORT…
for (const port of process.argv.slice(2)) {
  const response = await fetch(`http://127.0.0.1:${port}/`);
  const text = (await response.text()).trim();
  console.log(`port ${port} says: ${text}`);
  if (!response.ok || !text.endsWith(', world')) process.exit(1);
}
