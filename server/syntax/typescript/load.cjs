// CommonJS, so that the compiler (9 MB, most of a second to load) is read when the first TypeScript file is, and not at start-up.
module.exports = {
  typescript: () => require('typescript'),
  estree: () => require('@typescript-eslint/typescript-estree'),
};
