import { baseName } from '../../server/rule/paths.ts';
import { dataValues } from '../../server/rule/documents.ts';
import { scalar, type MapEntry, type MapValue, type Value } from '../../server/rule/queries.ts';
import { defineRule, type DocumentContext, type Rule } from '../../server/rule/rule.ts';
import { marked } from '../_samples.ts';

/** Settings of coding assistants that let them act unasked, and why each is dangerous. */
const flags: Readonly<Record<string, { readonly when: readonly unknown[]; readonly message: string; readonly safe?: string }>> = {
  'chat.tools.autoApprove': { when: [true], message: 'Every tool of the assistant runs unasked.', safe: 'false' },
  'chat.tools.global.autoApprove': { when: [true], message: 'Every tool of the assistant runs unasked.', safe: 'false' },
  'github.copilot.chat.agent.autoApprove': { when: [true], message: 'The assistant acts unasked.', safe: 'false' },
  'chat.agent.autoApprove': { when: [true], message: 'The assistant acts unasked.', safe: 'false' },
  'geminicodeassist.agentYoloMode': { when: [true], message: 'The assistant acts unasked.', safe: 'false' },
  'claudeCode.allowDangerouslySkipPermissions': { when: [true], message: 'The assistant may skip every permission.', safe: 'false' },
  'claudeCode.initialPermissionMode': { when: ['bypassPermissions'], message: 'The assistant starts without asking for permissions.' },
  'security.workspace.trust.enabled': { when: [false], message: 'Folders of strangers are trusted without a question.', safe: 'true' },
  'task.allowAutomaticTasks': { when: ['on'], message: 'Tasks of the folder run when it is opened.', safe: '"off"' },
  'chat.mcp.autostart': { when: ['always'], message: 'Servers that the folder brings start unasked.' },
  'enableAllProjectMcpServers': { when: [true], message: 'Servers that the folder brings are approved unseen.', safe: 'false' },
  'dangerouslySkipPermissions': { when: [true], message: 'The assistant skips every permission.', safe: 'false' },
  'skipDangerousModePermissionPrompt': { when: [true], message: 'The warning before the mode without permissions is skipped.', safe: 'false' },
  'allowUnsandboxedCommands': { when: [true], message: 'Commands may leave the sandbox.', safe: 'false' },
  'enableWeakerNestedSandbox': { when: [true], message: 'The sandbox is weakened.', safe: 'false' },
  'bypassPermissionsModeAccepted': { when: [true], message: 'The mode without permissions is accepted in advance.', safe: 'false' },
  'autoAccept': { when: [true], message: 'The assistant’s actions are accepted unasked.', safe: 'false' },
  'autoApprovalEnabled': { when: [true], message: 'The assistant’s actions are approved unasked.', safe: 'false' },
  'alwaysAllowExecute': { when: [true], message: 'Commands of the assistant run unasked.', safe: 'false' },
  'alwaysAllowWrite': { when: [true], message: 'Files are changed by the assistant unasked.', safe: 'false' },
};

const commandsOfAnyKind = /^(?:\*|Bash|Bash\(\*\)|Bash\(\*:\*\)|Bash\(:\*\)|Bash\((?:sudo|sh|bash|zsh|eval|curl|wget|python3?|node|npx|ssh|rm|docker)(?::?\*|\s\*)\)|WebFetch|WebFetch\(\*\)|Write\(\*\*?\)|Edit\(\*\*?\)|Write\(\/\/?\*\*\)|mcp__\*)$/;
const downloads = /\b(?:curl|wget)\b[^|;&]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/;
const settingsFile = /^(?:settings(?:\.local)?\.json|\.claude\.json|managed-settings\.json|opencode\.jsonc?|config\.json|.*\.code-workspace|mcp_settings\.json)$/;

function each(map: MapValue, visit: (entry: MapEntry, path: string) => void, path = '', depth = 0): void {
  for (const entry of map.entries.values()) {
    const whole = path === '' ? entry.key : `${path}.${entry.key}`;
    visit(entry, whole);
    if (entry.value.kind === 'map' && depth < 4) each(entry.value, visit, whole, depth + 1);
  }
}

export default [
  defineRule({
    id: 'agent/assistant-acts-unasked', title: 'Coding assistant that acts without asking', severity: 'high', confidence: 'high', references: ['LLM06:2025', 'ASI02', 'AISF-AGENT-05', 'CWE-250'],
    what: 'Reports settings of Claude Code, VS Code, Copilot, Gemini, Cline and others that switch questions, sandboxes and the trust of folders off, and permissions for commands of any kind.',
    why: 'A sentence in an issue, a page or a dependency is enough to make the assistant run a command; with these settings nobody is asked. A file in the repository sets them for everybody who opens it.',
    whenNotToUse: 'In a container made for this, without network and with nothing worth taking.', noFix: 'Which commands may run unasked has to be decided.',
    checks: [{
      on: 'document', languages: ['json'], words: ['autoApprove', 'bypassPermissions', 'Permission', 'permission', 'MCP', 'mcp', 'trust', 'allowAutomaticTasks', 'YoloMode', 'andbox', 'autoA', 'alwaysAllow', 'hooks', 'yolo'],
      check: (document, context) => {
        if (!settingsFile.test(baseName(document.path))) return;
        const [root] = dataValues(document);
        if (root?.kind === 'map') judge(root, context);
      },
    }],
    examples: [{ file: '.vscode/settings.json', bad: marked('{\n  "chat.tools.autoApprove": «true»\n}\n'), fixed: '{\n  "chat.tools.autoApprove": false\n}\n', good: '{\n  "chat.tools.autoApprove": false\n}\n' }, { file: '.claude/settings.json', bad: marked('{\n  "permissions": {\n    "defaultMode": "«bypassPermissions»",\n    "allow": ["Bash(npm test:*)", "«Bash(*)»"]\n  }\n}\n'), good: '{\n  "permissions": {\n    "defaultMode": "default",\n    "allow": ["Bash(npm test:*)"]\n  }\n}\n' }],
  }),
  defineRule({
    id: 'agent/assistant-approval-never', title: 'Coding assistant that never asks', severity: 'high', confidence: 'high', references: ['LLM06:2025', 'ASI02', 'AISF-AGENT-05', 'CWE-250'],
    what: 'Reports `approval_policy = "never"` and `sandbox_mode = "danger-full-access"` of Codex.', why: 'A sentence in an issue or a page is enough to make the assistant run a command; nobody is asked, and nothing holds it.', whenNotToUse: 'In a container made for this.',
    checks: [{
      on: 'document', languages: ['toml'], words: ['approval_policy', 'sandbox_mode'],
      check: (document, context) => {
        for (const match of document.text.matchAll(/^[ \t]*(approval_policy|sandbox_mode)[ \t]*=[ \t]*["'](never|danger-full-access)["']/gm)) {
          const end = match.index + match[0].length - 1;
          const start = end - match[2]!.length;
          context.report({ at: { start, end }, message: match[2] === 'never' ? 'The assistant acts without asking.' : 'The assistant’s commands reach the whole machine.', fixes: [{ title: 'Ask and hold', safe: false, intents: [{ kind: 'replace', origin: { path: document.path, range: { start, end } }, text: match[2] === 'never' ? 'on-request' : 'workspace-write' }] }] });
        }
      },
    }],
    examples: [{ file: '.codex/config.toml', bad: marked('approval_policy = "«never»"\n'), fixed: 'approval_policy = "on-request"\n', good: 'approval_policy = "on-request"\n' }],
  }),
] satisfies readonly Rule[];

function judge(root: MapValue, context: DocumentContext): void {
  const report = (value: Value, message: string, safe?: string): void => context.report({ at: value.origin, message, ...(safe === undefined ? {} : { fixes: [{ title: 'Ask first', safe: true, intents: [{ kind: 'replace', origin: value.origin, text: value.kind === 'string' ? safe.replace(/"/g, '') : safe }] }] }) });
  each(root, ({ key, value }, path) => {
    const plain = scalar(value);
    const flag = Object.hasOwn(flags, key) ? flags[key] : undefined;
    if (flag && plain !== undefined && flag.when.includes(plain)) report(value, flag.message, flag.safe);
    else if ((key === 'defaultMode' || key === 'permissionMode') && plain === 'bypassPermissions') report(value, 'The assistant acts without asking for any permission.');
    else if (key === 'permission' && value.kind === 'map') for (const one of value.entries.values()) { if (scalar(one.value) === 'allow' && (one.key === 'bash' || one.key === '*')) report(one.value, 'Commands of any kind run unasked.'); }
    else if (key === 'allow' && /permissions\.allow$/.test(path) && value.kind === 'list') {
      for (const one of value.items) if (commandsOfAnyKind.test(String(scalar(one) ?? ''))) report(one, `${String(scalar(one))} lets ${/^(?:\*|Bash)/.test(String(scalar(one))) ? 'commands of any kind' : 'any of these actions'} run unasked.`);
    } else if (/autoApprove$/.test(key) && value.kind === 'map') {
      for (const one of value.entries.values()) if (scalar(one.value) === true && /^(?:\*|\.\*|\/\.\*\/|\/\^?\.\*\$?\/)$/.test(one.key)) report(one.value, 'Commands of any kind run unasked.', 'false');
    } else if (key === 'command' && /hooks/.test(path) && typeof plain === 'string' && downloads.test(plain)) report(value, 'The hook downloads a script and runs it.');
    else if (key === 'hooks') hooks(value, report);
  });
}

/** Hooks are nested lists of commands. */
function hooks(value: Value, report: (value: Value, message: string) => void, depth = 0): void {
  if (depth > 6) return;
  if (value.kind === 'list') for (const one of value.items) hooks(one, report, depth + 1);
  if (value.kind !== 'map') return;
  for (const { key, value: inner } of value.entries.values()) {
    const plain = scalar(inner);
    if (key === 'command' && typeof plain === 'string') { if (downloads.test(plain)) report(inner, 'The hook downloads a script and runs it.'); } else hooks(inner, report, depth + 1);
  }
}
