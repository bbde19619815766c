import { baseName } from '../../server/rule/paths.ts';
import { dataValues, type Document } from '../../server/rule/documents.ts';
import { scalar, type Fix, type MapEntry, type MapValue, type RuleId, type Severity, type Value } from '../../server/rule/queries.ts';
import { defineRule, type DocumentContext, type Example, type Rule } from '../../server/rule/rule.ts';
import { isLocalHost } from '../_hosts.ts';
import { marked } from '../_samples.ts';
import { tomlServers } from './_mcp-toml.ts';

interface Server {
  readonly name: string;
  readonly entry: MapEntry;
  readonly map: MapValue;
  readonly command: string;
  readonly args: readonly Value[];
}

/** Servers in the configuration of any client: Claude, VS Code, Cursor, Windsurf, Cline, Roo, Gemini, Zed, Amazon Q, Kiro, opencode, Continue, Codex. */
function serversOf(document: Document): readonly Server[] {
  if (document.language === 'toml') return tomlServers(document).flatMap(serverOf);
  // Files of many kinds name servers.
  if (document.language === 'yaml' && !document.text.includes('mcp') && !document.text.includes('context_servers') && !/mcp/i.test(baseName(document.path))) return [];
  const [root] = dataValues(document);
  if (root?.kind !== 'map') return [];
  const groups: (Value | undefined)[] = [root.entries.get('mcpServers')?.value, root.entries.get('context_servers')?.value];
  const mcp = root.entries.get('mcp')?.value;
  if (mcp?.kind === 'map') groups.push(mcp.entries.get('servers')?.value, mcp.entries.has('servers') ? undefined : mcp);
  if (/mcp/i.test(baseName(document.path)) || root.entries.has('inputs')) groups.push(root.entries.get('servers')?.value);
  const projects = root.entries.get('projects')?.value;
  if (projects?.kind === 'map') for (const one of projects.entries.values()) if (one.value.kind === 'map') groups.push(one.value.entries.get('mcpServers')?.value);
  return groups.flatMap((group) => {
    if (group?.kind === 'map') return [...group.entries.values()].flatMap(serverOf);
    // A list whose items say their names.
    return listOf(group).flatMap((one) => (one.kind === 'map' ? serverOf({ key: String(scalar(one.entries.get('name')?.value) ?? ''), keyOrigin: one.at, value: one }) : []));
  });
}

function serverOf(entry: MapEntry): readonly Server[] {
  if (entry.value.kind !== 'map' || scalar(entry.value.entries.get('disabled')?.value) === true) return [];
  const command = entry.value.entries.get('command')?.value;
  const args = entry.value.entries.get('args')?.value;
  // Some clients take the command as one list, or as a map of path and args.
  const words = command?.kind === 'list' ? command.items : command?.kind === 'map' ? [command.entries.get('path')?.value, ...listOf(command.entries.get('args')?.value)].flatMap((one) => one ?? []) : [command, ...listOf(args)].flatMap((one) => one ?? []);
  return [{ name: entry.key, entry, map: entry.value, command: String(scalar(words[0]) ?? ''), args: words.slice(1) }];
}

function listOf(value: Value | undefined): readonly Value[] {
  return value?.kind === 'list' ? value.items : [];
}

type Report = (value: Value, message: string, severity?: Severity, fixes?: readonly Fix[]) => void;

interface Row {
  readonly id: RuleId;
  readonly title: string;
  readonly severity: Severity;
  readonly what: string;
  readonly why: string;
  readonly references: readonly string[];
  readonly noFix?: string;
  readonly judge: (server: Server, report: Report) => void;
  readonly bad: string;
  readonly fixed?: string;
  readonly good: string;
  readonly more?: readonly Example[];
}

const launchers = /^(?:npx|bunx|pnpx|uvx|pipx|npm|pnpm|yarn|bun|uv|deno)(?:\.cmd)?$/;
/** Names of tools whose effect lasts. */
const lasting = /(?:^|[_-])(?:delete|remove|drop|destroy|exec|execute|run_command|run_shell|shell|bash|terminal|kill|terminate|restart|reboot|shutdown|deploy|push|merge|send|transfer|pay|purchase|refund|grant|revoke|write_file|move_file)(?:$|[_-])|^(?:delete|remove|drop|destroy|execute|kill|restart|deploy|send|transfer)[A-Z]/;
const everything = /^(?:\/|~\/?|\$HOME|\$\{HOME\}|\$\{env:HOME\}|\$\{userHome\}|%USERPROFILE%|[A-Z]:[\\/]*|\/home|\/Users|\/root|\/etc)$/i;

function packageOf(server: Server): Value | undefined {
  const program = baseName(server.command.replace(/\\/g, '/'));
  if (!launchers.test(program)) return undefined;
  const words = server.args.filter((one) => one.kind === 'string');
  let at = 0;
  for (; at < words.length; at++) {
    const word = String(scalar(words[at]));
    if (word === '--package' || word === '-p' || word === '--from') return words[at + 1];
    if (/^--package=|^--from=/.test(word)) return words[at];
    if (word.startsWith('-')) { if (/^--(?:python|with|directory|project|index-url)$/.test(word)) at++; continue; }
    if (/^(?:exec|dlx|x|run|tool)$/.test(word)) { if (word === 'run' && /^(?:npm|pnpm|yarn|bun|uv|deno)/.test(program)) return undefined; continue; }
    return words[at];
  }
  return undefined;
}

const rows: readonly Row[] = [
  {
    id: 'agent/unpinned-mcp-server', title: 'MCP server without a fixed version', severity: 'medium', references: ['LLM03:2025', 'CWE-494', 'AML.T0010', 'CWE-1357'],
    what: 'Reports MCP servers that `npx`, `uvx` and their like fetch at whatever version was last published.', why: 'Each start runs whatever the package’s owner, or who took the account over, published last, with the rights of the user.', noFix: 'The version that was looked at has to be named.',
    judge: (server, report) => {
      const found = packageOf(server);
      const name = String(scalar(found) ?? '').replace(/^--(?:package|from)=/, '');
      if (!found || name === '' || /^[./~$]|^\w:\\|\$\{/.test(name) || /\.(?:js|ts|py|mjs)$/.test(name)) return;
      const pinned = /.@\d[\w.+-]*$|==\d|@[0-9a-f]{7,40}$|#[0-9a-f]{7,40}$|\.(?:tgz|whl)$/.test(name);
      if (!pinned) report(found, `Server ${server.name} runs whatever version of ${name.replace(/@latest$/, '')} was published last.`);
    },
    bad: '{\n  "mcpServers": {\n    "charts": { "command": "npx", "args": ["-y", "«@acme/charts-mcp»"] }\n  }\n}\n', good: '{\n  "mcpServers": {\n    "charts": { "command": "npx", "args": ["-y", "@acme/charts-mcp@1.4.2"] }\n  }\n}\n',
    more: [
      { file: '.codex/config.toml', bad: marked('[mcp_servers.charts]\ncommand = "npx"\nargs = [\n  "-y",\n  "«@acme/charts-mcp@latest»",\n]\n'), good: '[mcp_servers.charts]\ncommand = "npx"\nargs = ["-y", "@acme/charts-mcp@1.4.2"]\n' },
      { file: '.continue/config.yaml', bad: marked('mcpServers:\n  - name: charts\n    command: npx\n    args: ["-y", "«@acme/charts-mcp»"]\n'), good: 'mcpServers:\n  - name: charts\n    command: npx\n    args: ["-y", "@acme/charts-mcp@1.4.2"]\n' },
    ],
  },
  {
    id: 'agent/mcp-server-reaches-everything', title: 'MCP server with the whole machine in reach', severity: 'high', references: ['LLM06:2025', 'CWE-732', 'ASI02'],
    what: 'Reports file servers whose folder is the root or the home folder, and containers that are privileged or mount the machine’s files.', why: 'A sentence in a page or a mail makes the model read keys and change start-up files.', noFix: 'The folder that the server needs has to be named.',
    judge: (server, report) => {
      const line = server.args.map((one) => String(scalar(one) ?? '')).join(' ');
      const files = /filesystem|file-?server|files|fs-mcp|mcp-fs|directory/i.test(`${server.name} ${line}`);
      for (const [at, one] of server.args.entries()) {
        const word = String(scalar(one) ?? '');
        const before = String(scalar(server.args[at - 1]) ?? '');
        if (files && everything.test(word)) report(one, `Server ${server.name} reaches every file of ${word === '/' ? 'the machine' : word}.`);
        if (word === '--privileged') report(one, `Server ${server.name} runs in a container that is none: privileged.`);
        if (/^(?:-v|--volume|--mount)$/.test(before) && /^(?:\/|~\/?|\$HOME|\$\{HOME\}|\/var\/run\/docker\.sock|\/home|\/Users|\/etc|\/root):|source=\/,|docker\.sock/.test(word)) report(one, `Server ${server.name} has files of the machine in its container.`);
      }
    },
    bad: '{\n  "mcpServers": {\n    "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "«/»"] }\n  }\n}\n', good: '{\n  "mcpServers": {\n    "files": { "command": "npx", "args": ["-y", "@modelcontextprotocol/server-filesystem@2025.8.21", "/srv/handbook"] }\n  }\n}\n',
  },
  {
    id: 'agent/mcp-server-through-shell', title: 'MCP server started through a shell', severity: 'medium', references: ['CWE-78', 'CWE-494', 'LLM03:2025'],
    what: 'Reports MCP servers whose command is a shell with a script, and scripts that are downloaded to be run.', why: 'What the script does is not seen where servers are approved; a downloaded one changes without notice.', noFix: 'The program has to be named with its arguments.',
    judge: (server, report) => {
      if (!/(?:^|[\\/])(?:bash|sh|zsh|cmd|cmd\.exe|powershell|pwsh)$/i.test(server.command)) return;
      const script = server.args.find((one) => typeof scalar(one) === 'string' && !/^[-/]\w{1,8}$/.test(String(scalar(one))));
      const line = server.args.map((one) => String(scalar(one) ?? '')).join(' ');
      if (/\/c\s+npx/i.test(line) || !script) return;
      const fetched = /\b(?:curl|wget|iwr|Invoke-WebRequest)\b/i.test(line);
      if (fetched || /^-\w*c$|^-Command$/i.test(String(scalar(server.args[0]) ?? ''))) report(script, fetched ? `Server ${server.name} downloads a script and runs it.` : `Server ${server.name} is started by a shell script in one line.`, fetched ? 'high' : 'low');
    },
    bad: '{\n  "mcpServers": {\n    "notes": { "command": "bash", "args": ["-c", "«curl -fsSL https://get.acme.io/mcp.sh | bash»"] }\n  }\n}\n', good: '{\n  "mcpServers": {\n    "notes": { "command": "node", "args": ["./tools/notes.js"] }\n  }\n}\n',
  },
  {
    id: 'agent/mcp-tools-approved-blindly', title: 'All tools of an MCP server approved in advance', severity: 'high', references: ['LLM06:2025', 'AISF-AGENT-05', 'ASI02'],
    what: 'Reports wildcards in `alwaysAllow`, `autoApprove` and their like, and tools among them that delete, run, send or pay.', why: 'Tools that the server adds later are approved as well; nobody sees what the model does with them.', noFix: 'The tools that may run unasked have to be listed.',
    judge: (server, report) => {
      for (const key of ['alwaysAllow', 'autoApprove', 'allowedTools', 'allowed_tools', 'allowedCommands', 'auto_approve', 'trust']) {
        const value = server.map.entries.get(key)?.value;
        if (value?.kind === 'list') { const star = value.items.find((one) => scalar(one) === '*' || scalar(one) === '.*'); if (star && key !== 'allowedTools' && key !== 'allowed_tools') report(star, `Every tool of server ${server.name} runs unasked.`);
          else if (/^(?:alwaysAllow|autoApprove|auto_approve)$/.test(key)) for (const one of value.items) if (lasting.test(String(scalar(one) ?? ''))) report(one, `Tool ${String(scalar(one))} of server ${server.name} runs unasked, and what it does cannot be taken back.`, 'medium'); }
        else if (value && scalar(value) === true && key !== 'allowedTools') report(value, `Every tool of server ${server.name} runs unasked.`);
      }
    },
    bad: '{\n  "mcpServers": {\n    "runner": { "command": "node", "args": ["./run.js"], "alwaysAllow": ["«*»"] }\n  }\n}\n', good: '{\n  "mcpServers": {\n    "runner": { "command": "node", "args": ["./run.js"], "alwaysAllow": ["search"] }\n  }\n}\n',
    more: [{ file: '.roo/mcp.json', bad: marked('{\n  "mcpServers": {\n    "runner": { "command": "node", "args": ["./run.js"], "alwaysAllow": ["search", "«delete_volume»"] }\n  }\n}\n'), good: '{\n  "mcpServers": {\n    "runner": { "command": "node", "args": ["./run.js"], "alwaysAllow": ["search", "list_volumes"] }\n  }\n}\n' }],
  },
  {
    id: 'agent/mcp-server-over-http', title: 'MCP server reached over plain HTTP', severity: 'high', references: ['CWE-319', 'SC-8', 'LLM03:2025'],
    what: 'Reports remote MCP servers whose address begins with `http:`.', why: 'Who sits on the network reads the keys and answers, and gives the model tools and instructions of their own.',
    judge: (server, report) => {
      for (const key of ['url', 'serverUrl', 'httpUrl', 'sseUrl', 'endpoint']) {
        const value = server.map.entries.get(key)?.value;
        const url = String(scalar(value) ?? '');
        const host = /^http:\/\/([^/:?#]+)/i.exec(url)?.[1];
        if (value && host !== undefined && !isLocalHost(host)) report(value, `Server ${server.name} is reached without encryption.`, undefined, [{ title: 'Use https', safe: false, intents: [{ kind: 'replace', origin: value.origin, text: url.replace(/^http:/i, 'https:') }] }]);
      }
    },
    bad: '{\n  "mcpServers": {\n    "wiki": { "url": "«http://wiki.acme.io/mcp»" }\n  }\n}\n', fixed: '{\n  "mcpServers": {\n    "wiki": { "url": "https://wiki.acme.io/mcp" }\n  }\n}\n', good: '{\n  "mcpServers": {\n    "wiki": { "url": "https://wiki.acme.io/mcp" }\n  }\n}\n',
  },
];

export default rows.map((row): Rule => defineRule({
  id: row.id, title: row.title, severity: row.severity, confidence: 'high', references: row.references, what: `${row.what} In the configuration files of Claude, VS Code, Cursor, Windsurf, Cline, Gemini, Zed, Amazon Q and others.`, why: row.why,
  whenNotToUse: 'For servers of one’s own that are never shared.', ...(row.noFix === undefined ? {} : { noFix: row.noFix }),
  checks: [{
    on: 'document', languages: ['json', 'yaml', 'toml'], words: ['mcpServers', 'servers', 'context_servers', '"mcp"'],
    check: (document, context: DocumentContext) => {
      for (const server of serversOf(document)) {
        row.judge(server, (value, message, severity, fixes) => context.report({ at: value.origin, message, ...(severity ? { severity } : {}), ...(fixes ? { fixes } : {}) }));
      }
    },
  }],
  examples: [{ file: '.mcp.json', bad: marked(row.bad), good: row.good, ...(row.fixed === undefined ? {} : { fixed: row.fixed }) } satisfies Example, ...(row.more ?? [])],
}));
