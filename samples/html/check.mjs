// Fetches a page and fails unless it is the one of this sample: node check.mjs URL
const [url] = process.argv.slice(2);
const response = await fetch(url);
const text = await response.text();
const title = /<title>(.*)<\/title>/.exec(text)?.[1] ?? '';
console.log(`${url} answers ${response.status}: ${title}`);
if (!response.ok || title === '') process.exit(1);
