// The TypeScript compiler and the conversion of its trees. The bundle holds of it only what is named here and what the conversion reads.
module.exports = {
  typescript: () => {
    const ts = require('typescript');
    return { createSourceFile: ts.createSourceFile, JSDocParsingMode: ts.JSDocParsingMode, ScriptKind: ts.ScriptKind, ScriptTarget: ts.ScriptTarget };
  },
  estree: () => require('@typescript-eslint/typescript-estree/use-at-your-own-risk'),
};
