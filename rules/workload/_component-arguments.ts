import { look, scalar, type Resource, type Value } from '../../server/rule/queries.ts';
import type { Component } from './_component-flags.ts';

/** How a configuration writes the flags that it hands on to a component. */
type Style =
  /** A map, or a list of names and values. */
  | 'map'
  /** A list of `flag=value`. */
  | 'words'
  /** Fields of their own, in camel case. */
  | 'fields';

type Place = readonly [path: string, component: Component, style: Style];

/** Sources: the API of kubeadm, versions v1beta3 and v1beta4, and the references of the distributions. */
const kubeadm: readonly Place[] = [
  ['apiServer.extraArgs', 'kube-apiserver', 'map'], ['controllerManager.extraArgs', 'kube-controller-manager', 'map'], ['scheduler.extraArgs', 'kube-scheduler', 'map'],
  ['etcd.local.extraArgs', 'etcd', 'map'], ['nodeRegistration.kubeletExtraArgs', 'kubelet', 'map'],
];

const places: Readonly<Record<string, readonly Place[]>> = {
  k8s_clusterconfiguration: kubeadm,
  k8s_initconfiguration: kubeadm,
  k8s_joinconfiguration: kubeadm,
  k8s_kubeadmcontrolplane: kubeadm.map(([path, component, style]) => [`spec.kubeadmConfigSpec.${/^nodeRegistration/.test(path) ? `initConfiguration.${path}` : `clusterConfiguration.${path}`}`, component, style]),
  // k0s
  k8s_clusterconfig: [['spec.api.extraArgs', 'kube-apiserver', 'map'], ['spec.controllerManager.extraArgs', 'kube-controller-manager', 'map'], ['spec.scheduler.extraArgs', 'kube-scheduler', 'map'], ['spec.storage.etcd.extraArgs', 'etcd', 'map']],
  // kops
  k8s_cluster: [
    ['spec.kubeAPIServer', 'kube-apiserver', 'fields'], ['spec.kubeControllerManager', 'kube-controller-manager', 'fields'], ['spec.kubeScheduler', 'kube-scheduler', 'fields'],
    ['spec.kubelet', 'kubelet', 'fields'], ['spec.masterKubelet', 'kubelet', 'fields'], ['spec.controlPlaneKubelet', 'kubelet', 'fields'],
  ],
  k8s_instancegroup: [['spec.kubelet', 'kubelet', 'fields']],
  k3s_configuration: [
    ['kube-apiserver-arg', 'kube-apiserver', 'words'], ['kube-controller-manager-arg', 'kube-controller-manager', 'words'], ['kube-scheduler-arg', 'kube-scheduler', 'words'],
    ['etcd-arg', 'etcd', 'words'], ['kubelet-arg', 'kubelet', 'words'], ['kube-proxy-arg', 'kube-proxy', 'words'],
  ],
  rke_configuration: [
    ['services.kube-api.extra_args', 'kube-apiserver', 'map'], ['services.kube-controller.extra_args', 'kube-controller-manager', 'map'], ['services.scheduler.extra_args', 'kube-scheduler', 'map'],
    ['services.etcd.extra_args', 'etcd', 'map'], ['services.kubelet.extra_args', 'kubelet', 'map'], ['services.kubeproxy.extra_args', 'kube-proxy', 'map'],
  ],
  talos_configuration: [
    ['cluster.apiServer.extraArgs', 'kube-apiserver', 'map'], ['cluster.controllerManager.extraArgs', 'kube-controller-manager', 'map'], ['cluster.scheduler.extraArgs', 'kube-scheduler', 'map'],
    ['cluster.etcd.extraArgs', 'etcd', 'map'], ['machine.kubelet.extraArgs', 'kubelet', 'map'], ['cluster.proxy.extraArgs', 'kube-proxy', 'map'],
  ],
};

/** Configurations that hand flags on to components. */
export const handingOn: readonly string[] = Object.keys(places);

/** Where objects of the configuration's kind hold settings of a kubelet as a KubeletConfiguration has them. */
export const kubeletSettings: Readonly<Record<string, string>> = { talos_configuration: 'machine.kubelet.extraConfig' };

/** What a configuration hands on for a flag, with the component that gets it. The texts are those of the flag's value alone. */
export function handedOn(resource: Resource, flag: string): readonly (readonly [component: Component, value: Value, text: string])[] {
  return (places[resource.type] ?? []).flatMap(([path, component, style]) =>
    look(resource, path).values.flatMap((value) => argumentsOf(value, flag, style)).map(([at, text]) => [component, at, text] as const));
}

function argumentsOf(value: Value, flag: string, style: Style): readonly (readonly [Value, string])[] {
  const plain = (own: Value | undefined): readonly (readonly [Value, string])[] => {
    const text = own && scalar(own);
    return own && text !== undefined ? [[own, String(text)]] : [];
  };
  if (style === 'words') {
    const words = value.kind === 'list' ? value.items : [value];
    return words.flatMap((word): readonly (readonly [Value, string])[] => {
      const text = scalar(word);
      const match = typeof text === 'string' ? /^(?:--)?([\w-]+)(?:=(.*))?$/.exec(text) : undefined;
      return match?.[1] === flag ? [[word, match[2] ?? 'true']] : [];
    });
  }
  if (value.kind === 'map') return plain(value.entries.get(style === 'fields' ? flag.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()) : flag)?.value);
  return value.kind === 'list' ? value.items.flatMap((item) => (item.kind === 'map' && scalar(item.entries.get('name')?.value) === flag ? plain(item.entries.get('value')?.value) : [])) : [];
}
