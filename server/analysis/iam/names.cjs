// CommonJS, so that the names of 22,000 actions are read when somebody asks for them, and not at start-up.
module.exports = { actions: () => require('./actions-data.cjs').lines };
