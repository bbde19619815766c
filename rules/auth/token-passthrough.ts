import { optionsOf } from '../../server/rule/options.ts';
import { taintsIn, type CodeCall } from '../../server/rule/code.ts';
import { defineRule, type CodeContext, type Rule } from '../../server/rule/rule.ts';
import { isTest } from '../_flows.ts';
import { sample } from '../_samples.ts';

/** Clients of MCP servers. */
const transports = /(?:StreamableHTTPClientTransport|SSEClientTransport|StreamableHttpTransport|SSETransport|sse_client|streamablehttp_client|streamable_http_client|StreamableHttpServerParams|SseServerParams|MCPServerStreamableHttp|MCPServerSse)$/;
const requests = /^(?:fetch|axios|got|ky|undici|superagent|requests|httpx|aiohttp)\b/;

/** Whether a value is the token that the caller of this server has sent. */
function callersToken(value: Parameters<typeof taintsIn>[0], source: string): boolean {
  return taintsIn(value, 1).some((taint) => taint.label === 'request' && /authorization|get_http_headers|headers|token/i.test(taint.what)) || /\bauthInfo\??\.token\b|\brequestInfo\??\.headers\b|\bget_access_token\(\)/.test(source);
}

function judge(call: CodeCall, context: CodeContext): void {
  const name = call.name ?? '';
  if (!transports.test(name) && !(call.tool?.framework === 'mcp' && requests.test(name))) return;
  for (const found of optionsOf(call, 4)) {
    if (!/^authorization$/i.test(found.name) || found.at.path !== context.document.path) continue;
    if (!callersToken(found.value, context.document.text.slice(found.at.range.start, found.at.range.end))) continue;
    context.report({ at: found.at, message: 'The token that the caller sent to this server is handed on to another one.' });
    return;
  }
}

export default [
  defineRule({
    id: 'auth/token-passed-through', title: 'Token of a caller handed on to another server', severity: 'medium', confidence: 'medium', references: ['CWE-441', 'CWE-863', 'ASI03', 'AC-3'],
    what: 'Reports MCP servers and gateways that put the `Authorization` header of their caller into their own requests to MCP servers and services behind them.',
    why: 'The token was made out for this server. The one behind it cannot tell who asks, its own limits and logs are passed by, and a stolen token opens both; the MCP specification forbids it.',
    noFix: 'The server needs a token of its own for the next one, or exchanges the caller’s for one.', whenNotToUse: 'When both servers are one resource and the token names both as its audience.',
    checks: [{
      on: 'code', words: ['mcp', 'Mcp', 'MCP', 'modelcontextprotocol'],
      check: (code, context) => {
        if (isTest(context.document.path)) return;
        for (const call of code.calls) judge(call, context);
      },
    }],
    examples: [
      {
        file: 'gateway.ts',
        bad: sample(["import express from 'express';", "import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';", 'const app = express();', "app.post('/mcp', (req, res) => {", "  const transport = new StreamableHTTPClientTransport(new URL('https://docs.acme.io/mcp'), { requestInit: { headers: { authorization: «req.headers.authorization» } } });", '  res.json(transport.sessionId);', '});']),
        good: sample(["import express from 'express';", "import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';", 'const app = express();', "app.post('/mcp', (req, res) => {", "  const transport = new StreamableHTTPClientTransport(new URL('https://docs.acme.io/mcp'), { requestInit: { headers: { authorization: `Bearer ${process.env.DOCS_TOKEN}` } } });", '  res.json(transport.sessionId);', '});']),
      },
      {
        file: 'server.py',
        bad: sample(['import httpx', 'from fastmcp import FastMCP', 'from fastmcp.server.dependencies import get_http_headers', 'mcp = FastMCP("notes")', '@mcp.tool', 'def notes() -> str:', '    """Notes."""', '    headers = get_http_headers()', '    return httpx.get("https://api.acme.io/notes", headers={"Authorization": «headers["authorization"]»}).text']),
        good: sample(['import os', 'import httpx', 'from fastmcp import FastMCP', 'mcp = FastMCP("notes")', '@mcp.tool', 'def notes() -> str:', '    """Notes."""', '    return httpx.get("https://api.acme.io/notes", headers={"Authorization": os.environ["NOTES_AUTHORIZATION"]}).text']),
      },
    ],
  }),
] satisfies readonly Rule[];
