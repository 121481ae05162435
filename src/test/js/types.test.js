import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import * as linbox from '../../main/resources/static/linbox.js';

const ts = await import('typescript').then(
  (module) => module.default,
  () => null,
);
const withCompiler = ts === null ? { skip: 'no TypeScript: npm install in src/test/js gets it' } : {};

const pathOf = (file) => fileURLToPath(new URL(file, import.meta.url));

function compiled(...files) {
  return ts.createProgram(files.map(pathOf), {
    strict: true,
    noEmit: true,
    exactOptionalPropertyTypes: false,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    lib: ['lib.es2022.d.ts', 'lib.dom.d.ts'],
    types: [],
  });
}

describe('linbox.d.ts', withCompiler, () => {
  test('it is sound, and an application compiles against it', () => {
    const program = compiled('../../main/resources/static/linbox.d.ts', 'usage.ts');

    const problems = ts.getPreEmitDiagnostics(program);

    assert.equal(ts.formatDiagnostics(problems, { getCanonicalFileName: (f) => f, getCurrentDirectory: () => '', getNewLine: () => '\n' }), '');
  });

  test('it declares what there is, and nothing else', (t) => {
    const program = compiled('../../main/resources/static/linbox.d.ts');
    const checker = program.getTypeChecker();
    const module = checker.getSymbolAtLocation(program.getSourceFile(pathOf('../../main/resources/static/linbox.d.ts')));
    const declared = new Map(checker.getExportsOfModule(module).map((symbol) => [symbol.name, symbol]));
    const values = [...declared.values()].filter(({ flags }) => flags & ts.SymbolFlags.Value).map(({ name }) => name);
    const membersOf = (name) => checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(declared.get(name))).map((of) => of.name);
    const client = linbox.connect({ url: 'ws://127.0.0.1:1/ws', userId: '1' });
    t.after(() => client.close());
    const found = (object) =>
      [...Object.getOwnPropertyNames(Object.getPrototypeOf(object)), ...Object.keys(object)].filter((name) => name !== 'constructor');

    assert.deepEqual(values.sort(), Object.keys(linbox).filter((name) => name !== 'internals').sort());
    assert.deepEqual(membersOf('LinboxClient').sort(), found(client).sort());
    assert.deepEqual(membersOf('Groups').sort(), found(client.groups).sort());
  });
});
