let folders: readonly string[] = [];

/** Says in which folders the projects lie that are analysed; names of folders above them say nothing of their files. */
export function setProjectFolders(all: Iterable<string>): void {
  folders = [...new Set([...all].map((one) => (one.endsWith('/') ? one.slice(0, -1) : one)))].sort((a, b) => b.length - a.length);
}

/** A path from the folder of its project on, with a slash in front; as it is where no project is known to hold it. */
export function inProject(path: string): string {
  const folder = folders.find((one) => path.startsWith(one) && path.charCodeAt(one.length) === 47);
  return folder === undefined ? path : path.slice(folder.length);
}
