import { deriveThreats } from '../threat/derive.ts';
import type { ThreatModelNode, ThreatModelResult } from './protocol.ts';
import type { Settings } from './settings.ts';
import type { Workspace } from './workspace.ts';

/** The threat model as a tree: elements with the open threats that findings witness. */
export function threatModel(workspace: Workspace, settings: Settings): ThreatModelResult {
  const findings = workspace.known().flatMap((file) => workspace.outcome(file).judged.filter(settings.shows).map((judged) => judged.finding));
  const nodes = deriveThreats(findings).map((threat): ThreatModelNode => ({
    id: threat.id,
    label: threat.title,
    description: `${threat.stride} · ${threat.witnesses.length}`,
    tooltip: threat.why,
    icon: threat.icon,
    children: threat.witnesses.flatMap((finding, at): ThreatModelNode[] => {
      const place = workspace.locate(finding.path, finding.range);
      if (!place) return [];
      const name = decodeURIComponent(place.fileUri.slice(place.fileUri.lastIndexOf('/') + 1));
      return [{
        id: `${threat.id}#${at}:${place.uri}:${place.range.start.line}:${place.range.start.character}`,
        label: finding.message,
        description: place.cell === undefined ? `${name}:${place.range.start.line + 1}` : `${name} cell ${place.cell + 1}`,
        icon: finding.severity,
        place: { uri: place.uri, range: place.range },
        children: [],
      }];
    }),
  }));
  return { nodes };
}
