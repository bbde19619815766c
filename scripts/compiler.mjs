// The TypeScript compiler for the bundle: its parser and what typescript-estree asks of it, without checker, emitter and services.
// They are three quarters of its nine megabytes, which would be read whenever the first TypeScript file is.
import fs from 'node:fs';
import path from 'node:path';
import * as esbuild from 'esbuild';
import ts from 'typescript';

const common = { bundle: true, platform: 'node', format: 'cjs', target: 'node20.19', write: false, logLevel: 'warning', legalComments: 'none' };
const estree = /@typescript-eslint[\\/]typescript-estree[\\/]dist[\\/].*\.js$/;

/**
 * typescript-estree as it is needed here. It copies the compiler's namespace in each of its modules, with a getter for each of the 2,200
 * names: the namespace itself does as well. And it works out line and column of each node, which nothing here reads: offsets do.
 */
function estreeModule(file) {
  const text = fs.readFileSync(file, 'utf8').replaceAll('__importStar(require("typescript"))', 'require("typescript")');
  if (path.basename(file) !== 'node-utils.js') return text;
  const instead = new Map([['function getLineAndCharacterFor(pos, ast) {', 'return undefined;'], ['function getLocFor(range, ast) {', 'return noLocation;']]);
  let out = `${text}\nconst noLocation = {};\n`;
  for (const [head, body] of instead) {
    if (!text.includes(head)) throw new Error(`${file}: there is no '${head}'`);
    out = out.replace(head, `${head} ${body}`);
  }
  return out;
}

/** Names that the modules of a program read: all that stand behind a dot in them. */
async function namesReadBy(entry) {
  const { metafile } = await esbuild.build({ ...common, entryPoints: [entry], external: ['typescript'], metafile: true });
  return new Set(Object.keys(metafile.inputs).flatMap((file) => [...fs.readFileSync(file, 'utf8').matchAll(/\.(\w+)\b/g)].map(([, name]) => name)));
}

/**
 * The compiler's one file as an ECMAScript module that exports only some names, so that esbuild leaves out what these do not need. Its
 * top-level statements are declarations but for tables of services and fixes that register themselves; those go.
 */
function trimmed(file, read) {
  const whole = fs.readFileSync(file, 'utf8');
  const text = whole.slice(whole.indexOf('"use strict";', whole.indexOf('((module) => {')), whole.lastIndexOf('\n})({ get exports()'));
  const exported = new Map([...text.slice(0, text.indexOf('\n});\n')).matchAll(/^ {2}(\w+): \(\) => (\w+)/gm)].map(([, name, local]) => [name, local]));
  const services = text.indexOf('// src/services/');
  const edits = [];
  /** A call that gives a constant its value may go when nothing reads the constant. */
  const pure = (node) => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return;
    if (ts.isCallExpression(node) || ts.isNewExpression(node)) edits.push({ start: node.getStart(), end: node.getStart(), text: '/* @__PURE__ */ ' });
    ts.forEachChild(node, pure);
  };
  const { statements } = ts.createSourceFile('typescript.js', text, ts.ScriptTarget.Latest, true);
  statements.forEach((statement, at) => {
    if (ts.isFunctionDeclaration(statement) || ts.isClassDeclaration(statement)) return;
    if (ts.isVariableStatement(statement)) return statement.declarationList.declarations.forEach((one) => { if (one.initializer) pure(one.initializer); });
    const words = statement.getText();
    // `var Parser; ((Parser2) => { ... })(Parser || (Parser = {}));`
    const namespace = /^\(\((\w+)\) => \{[\s\S]*\}\)\((\w+) \|\| /.exec(words);
    if (namespace && statements[at - 1].getText() === `var ${namespace[2]};`) {
      edits.push({ start: statements[at - 1].getStart(), end: statement.getStart(), text: `var ${namespace[2]} = /* @__PURE__ */ ` });
      edits.push({ start: statement.expression.expression.expression.body.end - 1, end: statement.end, text: `return ${namespace[1]};\n})({});` });
    } else if (/^(?:__export\(|module\.exports|0 && )/.test(words) || (statement.getStart() > services && !namespace && !words.startsWith('setObjectAllocator('))) edits.push({ start: statement.getStart(), end: statement.end, text: '' });
  });
  edits.sort((a, b) => a.start - b.start || a.end - b.end);
  let out = '';
  let at = 0;
  for (const edit of edits) {
    if (edit.start < at) continue;
    out += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  out += text.slice(at);
  // Nodes have their methods from the services; symbols, types and signatures are the checker's.
  out = out.replace(/^function getServicesObjectAllocator\(\) \{[\s\S]*?^\}/m, (allocator) => allocator.replace(/^.*\b(?:Symbol|Type|Signature|SourceMapSource)Object\b.*\n/gm, ''));
  return `${out}\nexport { ${[...exported].flatMap(([name, local]) => (read.has(name) ? [`${local} as ${name}`] : [])).join(', ')} };\n`;
}

/** For the bundle that starts at `entry`. */
export const compilerTrimmed = (entry) => ({
  name: 'compiler-trimmed',
  setup: (build) => {
    build.onLoad({ filter: estree }, ({ path: file }) => ({ contents: estreeModule(file) }));
    build.onLoad({ filter: /typescript[\\/]lib[\\/]typescript\.js$/ }, async ({ path: file }) => {
      const { outputFiles } = await esbuild.build({ ...common, treeShaking: true, stdin: { contents: trimmed(file, await namesReadBy(entry)), resolveDir: path.dirname(file) } });
      // Without the mark of an ECMAScript module, whose default export the readers would ask for.
      return { contents: outputFiles[0].text.replace(/module\.exports = __toCommonJS\((\w+)\);/, 'module.exports = $1;') };
    });
  },
});
