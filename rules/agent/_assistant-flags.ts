/** Settings of coding assistants that let them act unasked, and why each is dangerous. */
export const flags: Readonly<Record<string, { readonly when: readonly unknown[]; readonly message: string; readonly safe?: string }>> = {
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
  'always_allow_tool_actions': { when: [true], message: 'Every tool of the assistant runs unasked.', safe: 'false' },
  'defaultApprovalMode': { when: ['yolo'], message: 'The assistant acts unasked.' },
  'approvalMode': { when: ['yolo', 'unrestricted'], message: 'The assistant acts unasked.' },
  'yes-always': { when: [true], message: 'Every question of the assistant is answered with yes.', safe: 'false' },
  'GOOSE_MODE': { when: ['auto'], message: 'The assistant acts unasked.' },
  'verify-ssl': { when: [false], message: 'Whoever sits on the network may answer in the model’s place.', safe: 'true' },
  'NODE_TLS_REJECT_UNAUTHORIZED': { when: ['0', 0], message: 'Whoever sits on the network may answer in the model’s place.' },
  'alwaysAllowWrite': { when: [true], message: 'Files are changed by the assistant unasked.', safe: 'false' },
};

/** Permissions that hold for commands, pages or files of any kind. */
export const anyKind = /^(?:\*|Bash|Bash\(\*{1,2}\)|Bash\(\*:\*\)|Bash\(:\*\)|Bash\((?:sudo|sh|bash|zsh|eval|curl|wget|python3?|node|npx|ssh|rm|docker)(?::?\*|\s\*)\)|WebFetch|WebFetch\(\*\)|(?:Write|Edit|Shell)\(\*\*?\)|Write\(\*\*\/\*\)|Write\(\/\/?\*\*\)|mcp__\*)$/;
export const ofCommands = /^(?:\*|Bash|Shell)/;

/** Patterns that fit every command or address. */
export const everyPattern = /^(?:\*+|\.\*|\^?\.\*\$?|\/\^?\.\*\$?\/|(?:https?:\/\/)\*+(?:\/\*+)?)$/;

/** Tools of assistants that run any command. */
export const shellTools = /^(?:\*|@builtin|execute_bash|execute_cmd|run_shell_command|ShellTool|shell|bash)$/;

export const downloads = /\b(?:curl|wget)\b[^|;&]*\|\s*(?:sudo\s+)?(?:ba|z|da)?sh\b/;
/** What the hook is told goes to another machine. */
export const sendsInput = /\b(?:curl|wget|http)\b(?=[^|;&]*https?:\/\/(?!localhost|127\.|0\.0\.0\.0|\[::1\]|host\.docker))[^|;&]*(?:(?:-d|--data|--data-binary|--data-raw|-F|--post-file|-T|--upload-file|--body-file)[= ]?["']?(?:\w+=)?@-|[=@]["']?\/dev\/stdin|-T -)/;
/** A hook whose answer is always yes. */
export const agrees = /^\s*(?:echo|printf)\b.*\\?["'](?:decision|permissionDecision|behavior)\\?["']\s*:\s*\\?["'](?:approve|allow)\\?["']/;
