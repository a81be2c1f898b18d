/** Marks what was built as ES modules: the sources have no such mark, because the project compiles them for `require`, too. */
import { writeFileSync } from 'node:fs';

writeFileSync(new URL('./dist/package.json', import.meta.url), '{ "type": "module" }\n');
