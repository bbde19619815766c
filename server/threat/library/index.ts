import type { ThreatTemplate } from '../template.ts';
import { agentThreats } from './agents.ts';
import { dataThreats } from './data.ts';
import { identityThreats } from './identities.ts';
import { modelThreats } from './models.ts';
import { platformThreats } from './platform.ts';

/** The threat library. */
export const threatLibrary: readonly ThreatTemplate[] = [...modelThreats, ...agentThreats, ...dataThreats, ...identityThreats, ...platformThreats];
