/** Folders that hold other people's code or tools' caches, whatever .gitignore says. */
export const vendoredFolders: ReadonlySet<string> = new Set([
  'node_modules', 'bower_components', 'jspm_packages', 'site-packages', '__pycache__', '.git', '.hg', '.svn', '.terraform', '.terragrunt-cache',
  '.venv', '.tox', '.nox', '.mypy_cache', '.pytest_cache', '.ruff_cache', '.yarn', '.pnpm-store', '.next', '.nuxt', '.svelte-kit', '.turbo', '.gradle',
  '.ipynb_checkpoints', '.vscode-test', '.serverless', '.aws-sam', 'cdk.out',
]);

/** Whether a folder holds dependencies: by its name, or by what it has in it, such as the marker of a virtual environment. */
export function isVendoredFolder(name: string, has: (entry: string) => boolean): boolean {
  return vendoredFolders.has(name) || (/^v?env/i.test(name) && has('pyvenv.cfg')) || (name === 'vendor' && ['modules.txt', 'autoload.php', 'bundle'].some(has));
}
