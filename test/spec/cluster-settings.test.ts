import assert from 'node:assert/strict';
import { findingsIn } from '../support/analyze.ts';

const anonymous = 'auth/apiserver-anonymous';
const count = (path: string, text: string, rule = anonymous): number => findingsIn(path, { [path]: text }).filter((one) => one.ruleId === rule).length;

describe('settings of clusters', () => {
  it('hand flags on in every form', () => {
    for (const [path, text] of [
      ['config.yaml', 'secrets-encryption: true\nkube-apiserver-arg:\n- anonymous-auth=VALUE\n'],
      ['config.yaml', 'kubelet-arg:\n  - "--anonymous-auth=VALUE"\n'],
      ['cluster.yml', 'services:\n  kube-api:\n    extra_args:\n      anonymous-auth: VALUE\n'],
      ['c.yaml', 'version: v1alpha1\nmachine:\n  type: controlplane\ncluster:\n  apiServer:\n    extraArgs:\n      anonymous-auth: VALUE\n'],
      ['k.yaml', 'apiVersion: kops.k8s.io/v1alpha2\nkind: Cluster\nmetadata: {name: a}\nspec:\n  kubelet:\n    anonymousAuth: VALUE\n'],
      ['k.yaml', 'apiVersion: kubeadm.k8s.io/v1beta4\nkind: ClusterConfiguration\napiServer:\n  extraArgs:\n    - {name: anonymous-auth, value: "VALUE"}\n'],
    ] as const) {
      assert.equal(count(path, text.replace('VALUE', 'true')), 1, text);
      assert.equal(count(path, text.replace('VALUE', 'false')), 0, text);
    }
  });

  it('are not seen in files of other programs', () => {
    assert.equal(count('vars.yml', 'services:\n  web:\n    image: a\n    command: kube-apiserver-arg\n'), 0);
    assert.equal(count('values.yaml', 'machine: small\nkubelet:\n  anonymous-auth: true\n'), 0);
  });

  it('need no certificate of their own where the cluster gives one', () => {
    const kubelet = (line: string): number => count('kubelet.yaml', `apiVersion: kubelet.config.k8s.io/v1beta1\nkind: KubeletConfiguration\n${line}`, 'transport/component-certificate');
    assert.equal(kubelet('rotateCertificates: true\n'), 1);
    assert.equal(kubelet('serverTLSBootstrap: true\n'), 0);
  });
});
