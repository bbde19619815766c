// The compiler is megabytes to read, even before anything in it runs: only who parses TypeScript reads them.
module.exports = {
  typescript: () => require('./compiler.cjs').typescript(),
  estree: () => require('./compiler.cjs').estree(),
};
