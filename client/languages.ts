/** Editor language ids of documents that the server reads; package.json's activation events list the same. */
export const languages: readonly string[] = [
  'typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'vue', 'svelte', 'astro', 'python', 'terraform', 'terraform-vars', 'hcl', 'opentofu', 'bicep', 'yaml', 'dockercompose',
  'github-actions-workflow', 'helm', 'ansible', 'cloudformation', 'json', 'jsonc', 'dockerfile', 'dotenv', 'properties', 'ini', 'toml', 'shellscript', 'markdown',
  'xml', 'sql', 'plaintext', 'go', 'java', 'csharp', 'ruby', 'php', 'rust', 'kotlin', 'swift', 'scala',
];
