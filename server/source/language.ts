import { baseName, extensionName } from '../base/path.ts';

/** The grammars that have a front end. What a YAML or JSON document *means* is decided by content, in lower/. */
export type Language =
  | 'typescript' | 'tsx' | 'javascript' | 'jsx'
  | 'vue' | 'svelte' | 'astro'
  | 'python' | 'notebook'
  | 'terraform' | 'bicep' | 'yaml' | 'json' | 'dockerfile'
  | 'dotenv' | 'shell' | 'markdown' | 'toml' | 'ini' | 'xml' | 'sql' | 'text'
  | 'go' | 'java' | 'csharp' | 'c' | 'ruby' | 'php' | 'rust' | 'swift';

const byExtension: Readonly<Record<string, Language>> = {
  '.ts': 'typescript', '.mts': 'typescript', '.cts': 'typescript', '.tsx': 'tsx',
  '.js': 'javascript', '.mjs': 'javascript', '.cjs': 'javascript', '.jsx': 'jsx',
  '.vue': 'vue', '.svelte': 'svelte', '.astro': 'astro',
  '.py': 'python', '.pyi': 'python', '.pyw': 'python', '.ipynb': 'notebook',
  '.tf': 'terraform', '.tofu': 'terraform', '.tfvars': 'terraform', '.hcl': 'terraform', '.nomad': 'terraform', '.bicep': 'bicep', '.bicepparam': 'bicep',
  '.yaml': 'yaml', '.yml': 'yaml', '.json': 'json', '.jsonc': 'json', '.json5': 'json', '.template': 'yaml',
  '.dockerfile': 'dockerfile', '.containerfile': 'dockerfile',
  '.env': 'dotenv', '.sh': 'shell', '.bash': 'shell', '.zsh': 'shell',
  '.md': 'markdown', '.mdc': 'markdown', '.markdown': 'markdown', '.mdx': 'markdown',
  '.toml': 'toml', '.ini': 'ini', '.cfg': 'ini', '.conf': 'ini', '.properties': 'ini', '.xml': 'xml', '.sql': 'sql',
  '.go': 'go', '.java': 'java', '.kt': 'java', '.kts': 'java', '.scala': 'java', '.groovy': 'java', '.gradle': 'java', '.dart': 'java',
  '.cs': 'csharp', '.c': 'c', '.h': 'c', '.cc': 'c', '.cpp': 'c', '.hpp': 'c', '.m': 'c', '.ino': 'c', '.rb': 'ruby', '.php': 'php', '.rs': 'rust', '.swift': 'swift',
  '.ps1': 'shell', '.psm1': 'shell', '.bat': 'shell', '.cmd': 'shell', '.fish': 'shell', '.config': 'xml', '.plist': 'xml', '.csproj': 'xml', '.html': 'xml', '.htm': 'xml',
  '.pem': 'text', '.key': 'text', '.ppk': 'text', '.log': 'text', '.txt': 'text', '.tfstate': 'json', '.cnf': 'ini', '.curlrc': 'text', '.jks': 'text', '.ovpn': 'text', '.pl': 'ruby', '.pm': 'ruby', '.ex': 'ruby', '.exs': 'ruby', '.lua': 'text', '.vb': 'text', '.psd1': 'shell', '.jsp': 'xml', '.aspx': 'xml', '.reg': 'text', '.rdp': 'text', '.service': 'ini', '.j2': 'text', '.tpl': 'text', '.erb': 'text', '.inc': 'php',
};

const editorIds: Readonly<Record<string, Language>> = {
  typescript: 'typescript', typescriptreact: 'tsx', javascript: 'javascript', javascriptreact: 'jsx', vue: 'vue', svelte: 'svelte', astro: 'astro',
  python: 'python', terraform: 'terraform', 'terraform-vars': 'terraform', opentofu: 'terraform', hcl: 'terraform', bicep: 'bicep',
  yaml: 'yaml', helm: 'yaml', dockercompose: 'yaml', 'github-actions-workflow': 'yaml', cloudformation: 'yaml', ansible: 'yaml',
  json: 'json', jsonc: 'json', dockerfile: 'dockerfile', dotenv: 'dotenv', shellscript: 'shell', markdown: 'markdown',
  toml: 'toml', ini: 'ini', properties: 'ini', xml: 'xml', sql: 'sql', plaintext: 'text',
};

/** The language of a file by its name, or undefined where no front end reads such files. */
export function languageOfPath(path: string): Language | undefined {
  const name = baseName(path).toLowerCase();
  if (/^(?:dockerfile|containerfile)(?:\..+)?$/.test(name)) return 'dockerfile';
  if (/^\.env(?:\..+)?$/.test(name) || /\.env(?:\.[\w-]+)?$/.test(name)) return 'dotenv';
  if (/^\.(?:cursorrules|windsurfrules|clinerules)$/.test(name)) return 'markdown';
  if (/^(?:id_(?:rsa|dsa|ecdsa|ed25519)|\.htpasswd|\.git-credentials|\.vault-token|\.(?:gitignore|dockerignore)|\.?(?:bash|zsh|sh|psql|mysql|python)_history)$/.test(name)) return 'text';
  if (/^\.(?:bashrc|zshrc|profile|bash_profile|zshenv|envrc)$/.test(name)) return 'shell';
  if (/^\.(?:dockercfg|dockerconfigjson)$/.test(name) || name === 'models.lock') return 'json';
  // Policies and tasks that Terraform fills in.
  if (/\.json\.(?:tftpl|tpl|tmpl)$/.test(name)) return 'json';
  if (name === 'kubeconfig' || (name === 'config' && path.includes('kube/'))) return 'yaml';
  if (name === 'jenkinsfile') return 'java';
  if (name === 'credentials' && path.includes('.aws/')) return 'ini';
  if (/^\.(?:npmrc|pypirc|netrc|pgpass|gitconfig|s3cfg|boto)$/.test(name)) return 'ini';
  return byExtension[extensionName(name)];
}

/** The language by the editor's id where the editor knows better than the name, as for untitled documents. */
export function languageOfEditor(languageId: string, path: string): Language | undefined {
  return languageOfPath(path) ?? editorIds[languageId];
}

/** The language of a notebook cell by its editor id (VS Code's names are also nbformat's kernel languages). */
export function languageOfCell(languageId: string): Language | undefined {
  if (languageId === 'ipython' || languageId === 'python3') return 'python';
  return editorIds[languageId];
}

export function isCode(language: Language): boolean {
  return isScript(language) || language === 'python';
}

/** TypeScript and JavaScript, alone or within a component. */
export function isScript(language: Language): boolean {
  return language === 'typescript' || language === 'tsx' || language === 'javascript' || language === 'jsx' || isComponent(language);
}

/** Files that hold scripts, markup and styles of one component. */
export function isComponent(language: Language): boolean {
  return language === 'vue' || language === 'svelte' || language === 'astro';
}
