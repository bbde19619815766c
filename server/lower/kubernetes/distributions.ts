import type { Resource } from '../../model/resource.ts';
import type { Document } from '../../source/document.ts';
import { dataValues } from '../data/values.ts';

type Distribution = 'k3s' | 'rke' | 'talos';

/** Settings that k3s and RKE2 have and nothing else. */
const ofK3s = /^(?:write-kubeconfig(?:-mode)?|secrets-encryption|disable-network-policy|kube-apiserver-arg|kube-controller-manager-arg|kubelet-arg|etcd-expose-metrics|protect-kernel-defaults|flannel-backend)[ \t]*:/m;

/** The distribution of Kubernetes whose settings a file holds that are no objects. */
function distributionOf(text: string): Distribution | undefined {
  if (/^version:[ \t]*v1alpha1[ \t]*$/m.test(text) && /^machine:/m.test(text)) return 'talos';
  if (/^services:[ \t]*$/m.test(text) && /^ {2,4}kube-api:/m.test(text)) return 'rke';
  return ofK3s.test(text) && !/^(?:apiVersion|kind|hosts)\s*:/m.test(text) ? 'k3s' : undefined;
}

/** True for a file of settings of a distribution: k3s and RKE2, RKE, Talos. */
export function mayBeDistribution(text: string): boolean {
  return distributionOf(text) !== undefined;
}

/** `k3s_configuration`, `rke_configuration` or `talos_configuration`, with the settings as they are written. */
export function lowerDistribution(document: Document): Resource[] {
  const distribution = distributionOf(document.text);
  if (!distribution) return [];
  return dataValues(document).flatMap((value, at): Resource[] => {
    const first = value.kind === 'map' ? [...value.entries.values()][0] : undefined;
    if (value.kind !== 'map' || !first || value.entries.has('kind')) return [];
    const name = document.path.slice(document.path.lastIndexOf('/') + 1);
    return [{
      type: `${distribution}_configuration`, name, address: `${distribution}/${name}#${at}`, dialect: 'kubernetes', origin: value.origin, header: first.keyOrigin,
      attributes: value.entries, complete: value.complete, companions: [], mode: 'managed',
    }];
  });
}
