import * as vscode from 'vscode';

/** Runs at most once in the given time, at its end; for views that need not follow each keystroke. */
export function debounced(milliseconds: number, run: () => void): { readonly trigger: () => void } & vscode.Disposable {
  let timer: ReturnType<typeof setTimeout> | undefined;
  return {
    trigger: () => {
      clearTimeout(timer);
      timer = setTimeout(run, milliseconds);
    },
    dispose: () => clearTimeout(timer),
  };
}
