import type { Confidence, Severity } from '../../server/rule/queries.ts';
import type { RuleId } from '../../server/rule/rule.ts';

export type Component = 'kube-apiserver' | 'kube-controller-manager' | 'kube-scheduler' | 'etcd' | 'kubelet' | 'kube-proxy';

export interface FlagRow {
  readonly id: RuleId;
  readonly of: readonly Component[];
  readonly flag: string;
  /** True when the value is bad. Not asked where the flag is missing. */
  readonly bad: (value: string) => boolean;
  readonly missing: boolean;
  readonly problem: string;
  readonly severity?: Severity;
  readonly confidence?: Confidence;
  /** Where a KubeletConfiguration says the same. */
  readonly config?: string;
  /** True where the default of a KubeletConfiguration is bad as well. */
  readonly configMissing?: true;
  /** A switch of a KubeletConfiguration that makes it needless to say it. */
  readonly configInstead?: string;
  /** Where the configurations of the scheduler and of the controller manager say the same. */
  readonly component?: string;
  readonly sample: readonly [bad: string, good: string];
  readonly why?: string;
}

export const is =
  (...words: readonly string[]) =>
  (value: string): boolean =>
    words.includes(value.toLowerCase());
export const isNot =
  (...words: readonly string[]) =>
  (value: string): boolean =>
    !words.includes(value.toLowerCase());
export const under =
  (number: number) =>
  (value: string): boolean =>
    Number(value) < number;
export const lacks =
  (word: string) =>
  (value: string): boolean =>
    !value.split(',').includes(word);
export const holds =
  (word: string) =>
  (value: string): boolean =>
    value.split(',').includes(word);
export const always = (): boolean => true;
export const never = (): boolean => false;
export const weak = (value: string): boolean =>
  value.split(',').some((suite) => /_CBC_|RC4|3DES|_MD5|NULL|TLS_RSA_WITH_/.test(suite) && !/^TLS_RSA_WITH_AES_(?:128|256)_GCM/.test(suite));
export const api: readonly Component[] = ['kube-apiserver'];
export const etcd: readonly Component[] = ['etcd'];
export const manager: readonly Component[] = ['kube-controller-manager'];
export const node: readonly Component[] = ['kubelet'];
export const unreadable = 'What passes between the parts of the cluster, secrets among it, can be read and changed on the network.';
export const anybody = 'Whoever reaches the port controls the cluster, or its nodes.';
