/** Line forms that IPython accepts and Python does not: `%env X=1`, `!pip install x`, `files = !ls`, `?name`, `name?`. */
const magicLine = /^[ \t]*(?:[%!?][^\n]*|[A-Za-z_][\w.]*\?{1,2}[ \t]*(?=\r?$)|(?=[A-Za-z_][\w, .\t]*=[ \t]*[!%])[^\n]*)/gm;

/** Blanks magic lines with spaces, keeping every offset; the text is then plain Python. */
export function blankMagics(text: string): string {
  if (!/[%!?]/.test(text)) return text;
  return text.replace(magicLine, (line) => line.replace(/[^\r\n]/g, ' '));
}

/** The file that a cell is written to: `%%writefile app.py`, `%%file -a app.py`. */
export function fileOfCell(text: string): string | undefined {
  return /^\s*%%(?:write)?file[ \t]+(?:(?:-a|--append)[ \t]+)?(["']?)([\w./~$-]+)\1[ \t]*(?:\r?\n|$)/.exec(text)?.[2];
}

/** The language of a cell that starts with a cell magic (`%%bash`), or undefined when the magic leaves the cell's language. */
export function cellMagicLanguage(text: string): 'shell' | 'sql' | 'javascript' | 'markdown' | 'text' | undefined {
  const name = /^\s*%%(\w+)/.exec(text)?.[1];
  switch (name) {
    case 'bash': case 'sh': case 'script': case 'zsh': return 'shell';
    case 'sql': case 'bigquery': return 'sql';
    case 'javascript': case 'js': return 'javascript';
    case 'markdown': return 'markdown';
    case 'html': case 'HTML': case 'latex': case 'svg': case 'writefile': case 'file': case 'perl': case 'ruby': case 'R': return 'text';
    default: return undefined;
  }
}
