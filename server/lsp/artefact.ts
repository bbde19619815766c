import type { EngineHost } from '../engine/host.ts';
import { globalVerdict } from '../rule/artefacts.ts';
import type { ArtefactView } from './protocol.ts';
import { pathOfUri } from './paths.ts';
import type { Workspace } from './workspace.ts';

/** What a model or data file holds, for who looks at it. */
export async function artefactView(uri: string, workspace: Workspace, disk: EngineHost): Promise<ArtefactView | undefined> {
  const path = pathOfUri(uri);
  const signers = workspace.analyzer().configuration.chain(path).modelSigners;
  let report = disk.inspect?.(path, signers);
  if (!report) {
    await disk.inspectionsSettled?.();
    report = disk.inspect?.(path, signers);
  }
  if (!report) return undefined;
  const { name, size, formats, verdict, issues, listed, metadata, members, notes, integrity } = report;
  return {
    name, size, formats, issues, listed, metadata, members, notes,
    verdict: issues.length === 0 && integrity && integrity.differences.length > 0 ? 'unknown' : verdict,
    tensors: report.tensors ?? listed.length,
    globals: report.globals.map((global) => ({ name: global, verdict: globalVerdict(global) })),
    differences: integrity?.differences ?? [], checked: integrity?.checked ?? [],
    ...(integrity?.source === undefined ? {} : { source: integrity.source }),
  };
}
