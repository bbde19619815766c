import type { Analysis } from '../engine/analyzer.ts';
import { sortFindings } from '../engine/findings.ts';
import type { Finding } from '../model/finding.ts';
import { fileOfPart } from '../source/notebook.ts';

/** Findings by the file that they lie in, whichever file's analysis found them. */
export interface FindingIndex {
  /** Replaces what the analysis of a file had found; gives the files whose findings may differ now. */
  readonly set: (path: string, analysis: Analysis) => ReadonlySet<string>;
  readonly delete: (path: string) => ReadonlySet<string>;
  readonly findings: (file: string) => readonly Finding[];
  /** Files that were analysed, or that hold a finding. */
  readonly files: () => readonly string[];
  readonly has: (path: string) => boolean;
  readonly analyses: () => Iterable<Analysis>;
  readonly clear: () => void;
}

export function createFindingIndex(): FindingIndex {
  const analyses = new Map<string, Analysis>();
  /** By file, then by the file whose analysis found them. */
  const byFile = new Map<string, Map<string, Finding[]>>();

  const remove = (path: string, touched: Set<string>): void => {
    const analysis = analyses.get(path);
    if (!analysis) return;
    for (const finding of analysis.findings) {
      const file = fileOfPart(finding.path);
      if (byFile.get(file)?.delete(path)) touched.add(file);
    }
    analyses.delete(path);
  };
  return {
    set: (path, analysis) => {
      const touched = new Set<string>();
      if (analyses.get(path) === analysis) return touched;
      remove(path, touched);
      touched.add(path);
      analyses.set(path, analysis);
      for (const finding of analysis.findings) {
        const file = fileOfPart(finding.path);
        touched.add(file);
        let sources = byFile.get(file);
        if (!sources) byFile.set(file, (sources = new Map()));
        const own = sources.get(path);
        if (own) own.push(finding);
        else sources.set(path, [finding]);
      }
      return touched;
    },
    delete: (path) => {
      const touched = new Set<string>([path]);
      remove(path, touched);
      return touched;
    },
    findings: (file) => sortFindings([...(byFile.get(file)?.values() ?? [])].flat()),
    files: () => [...new Set([...analyses.keys(), ...[...byFile].flatMap(([file, sources]) => (sources.size > 0 ? [file] : []))])],
    has: (path) => analyses.has(path),
    analyses: () => analyses.values(),
    clear: () => {
      analyses.clear();
      byFile.clear();
    },
  };
}
