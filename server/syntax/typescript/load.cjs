// CommonJS, so that the compiler (megabytes to load) is read when the first TypeScript file is, and not at start-up. The bundle holds of it
// only what is named here and what the conversion reads.
module.exports = {
  typescript: () => {
    const ts = require('typescript');
    return { createSourceFile: ts.createSourceFile, JSDocParsingMode: ts.JSDocParsingMode, ScriptKind: ts.ScriptKind, ScriptTarget: ts.ScriptTarget };
  },
  estree: () => require('@typescript-eslint/typescript-estree/use-at-your-own-risk'),
};
