// The part of the Model Context Protocol's library that is used, for a bundle of its own: only `wardline mcp` reads it.
export { fromJsonSchema, McpServer } from '@modelcontextprotocol/server';
export { serveStdio } from '@modelcontextprotocol/server/stdio';
