import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { readFile, writeFile, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { promisify } from 'node:util';
import { internals } from '../../main/resources/static/linbox.js';
import { freshUser, url, withServer } from './support/server.js';

const text = await readFile(new URL('../../docs/javascript.md', import.meta.url), 'utf8');

describe('src/docs/javascript.md', withServer, () => {
  test('its examples are one program that runs to its end', async (t) => {
    const users = new Map(['1001', '1002', '1003', '1004'].map((user) => [user, freshUser()]));
    const program = [...text.matchAll(/^```js\n(.*?)^```$/gms)]
      .map(([, code]) => code)
      .join('\n')
      .replace("'./linbox.js'", `'${new URL('../../main/resources/static/linbox.js', import.meta.url)}'`)
      .replace('ws://127.0.0.1:9080/ws', url)
      .replace(/'(100\d)'/g, (_, user) => `'${users.get(user)}'`);
    const folder = await mkdtemp(join(tmpdir(), 'linbox-document-'));
    t.after(() => rm(folder, { recursive: true }));
    const file = join(folder, 'program.mjs');
    await writeFile(file, program);

    const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { timeout: 30_000 });

    assert.equal(stderr, '');
    assert.match(stdout, /^connecting \nonline \nstored as number 1 at /);
    assert.match(stdout, /good friends 4/);
    assert.match(stdout, /closed: by the application\n$/);
  });
});

test('the document names every option with its default', () => {
  const documented = {};
  for (const [, names, defaults] of text.matchAll(/^\| (`[a-zA-Z`, ]+`) \| (.*?) \| .* \|$/gm)) {
    const values = defaults.split(', ');
    [...names.matchAll(/\w+/g)].forEach(([name], i) => {
      documented[name] = values[i]?.replaceAll(/[`,]/g, '');
    });
  }

  for (const [name, value] of Object.entries(internals.DEFAULTS)) {
    assert.equal(documented[name], value === '' ? 'none' : String(value), name);
  }
});

test('the document names every code of an error', async () => {
  const types = await readFile(new URL('../../main/resources/static/linbox.d.ts', import.meta.url), 'utf8');
  const codes = [...types.match(/type ErrorCode =(.*?);/s)[1].matchAll(/'(\w+)'/g)].map(([, code]) => code);
  const table = text.slice(text.indexOf('## Errors'), text.indexOf('## Options'));

  assert.ok(codes.length > 10);
  for (const code of codes) {
    assert.ok(table.includes(`\`${code}\``), code);
  }
});
