import type { Report, Rule } from '../../server/rule/rule.ts';
import type { Value } from '../../server/rule/code.ts';
import { callRule, isTrue, option, replaceFix, text, type CodeCall } from '../_calls.ts';
import { isLocalHost } from '../_hosts.ts';
import { sample } from '../_samples.ts';

/** Folders of the machine with which a container rules it. */
const whole = /^(?:\/|\/(?:etc|root|proc|sys|boot|dev|home|var|var\/lib\/docker|var\/lib\/kubelet))\/?$/;
const dockerSocket = /^\/(?:var\/)?run\/(?:docker|containerd\/containerd|crio\/crio|podman\/podman)\.sock$/;
const capability = /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_PTRACE|SYS_MODULE|NET_ADMIN|DAC_READ_SEARCH|SYS_RAWIO|BPF)$/;

/** The folders that a container is given: a list of `a:b:mode`, or an object by folder. */
function folders(value: Value | undefined): readonly string[] {
  if (!value) return [];
  const listed = (value.items ?? []).flatMap((one) => (typeof one.constant === 'string' ? [one.constant.split(':')[0]!] : []));
  return [...value.fields?.keys() ?? [], ...listed];
}

function judge(call: CodeCall): readonly Report[] {
  const out: Report[] = [];
  const add = (name: string, bad: (value: Value) => boolean, message: string): void => { const found = option(call, name); if (found && bad(found.value)) out.push({ at: found.origin, message, ...(found.value.constant === true && found.origin.range.end - found.origin.range.start === 4 ? { fixes: replaceFix(found, 'False', 'Switch it off', false) } : {}) }); };
  const constants = (value: Value): readonly string[] => [value, ...value.items ?? []].flatMap((one) => (typeof one.constant === 'string' ? [one.constant] : []));
  add('privileged', (value) => value.constant === true, 'The container has all rights of the machine.');
  add('allow_privilege_escalation', (value) => value.constant === true, 'A process of the container can gain the rights of root.');
  add('network_mode', (value) => value.constant === 'host', 'The container uses the network of the machine, the services of other containers included.');
  add('pid_mode', (value) => value.constant === 'host', 'The container sees and stops the processes of the machine.');
  for (const name of ['host_network', 'host_pid', 'host_ipc']) add(name, (value) => value.constant === true, `The pod shares the ${name === 'host_network' ? 'network' : name === 'host_pid' ? 'processes' : 'memory'} of the machine.`);
  for (const name of ['cap_add', 'add']) add(name, (value) => constants(value).some((one) => capability.test(one)), 'The container gets a right with which it leaves its bounds.');
  add('security_opt', (value) => constants(value).some((one) => /^(?:seccomp|apparmor)[=:]unconfined$|^label[=:]disable$/.test(one)), 'The bounds that the kernel sets to the container are taken away.');
  const mounts = ['volumes', 'binds'].flatMap((name) => option(call, name) ?? [])[0];
  const path = /V1HostPathVolumeSource$|types\.Mount$/.test(call.name!) ? option(call, 'path') ?? option(call, 'source') ?? option(call, /Mount$/.test(call.name!) ? 1 : 0) : undefined;
  const given = path ? [text(path) ?? ''] : folders(mounts?.value);
  const socket = given.find((one) => dockerSocket.test(one));
  const folder = given.find((one) => whole.test(one));
  const at = (path ?? mounts)?.origin;
  if (at && socket !== undefined) out.push({ at, message: 'The container may start others with all rights of the machine.' });
  else if (at && folder !== undefined) out.push({ at, severity: 'medium', message: `The container reads and changes ${folder} of the machine.` });
  return out;
}

export default [
  callRule({
    id: 'workload/container-started-unbound', title: 'Program that starts a container with rights over the machine', severity: 'high', references: ['CWE-250', 'AC-6', 'CM-6'],
    callees: ['docker.from_env().containers.{run,create}', 'docker.{DockerClient,Client}#containers.{run,create}', 'docker.APIClient#{create_host_config,create_container}', 'docker.types.{Mount,HostConfig}', 'airflow.providers.docker.operators.docker.DockerOperator', 'kubernetes.client.{V1SecurityContext,V1PodSpec,V1HostPathVolumeSource,V1Capabilities}', 'kubernetes.client.models.{V1SecurityContext,V1PodSpec,V1HostPathVolumeSource,V1Capabilities}', 'podman.PodmanClient#containers.{run,create}'],
    what: 'Reports containers that programs start through the SDKs of Docker and Kubernetes with all rights, the socket of Docker, folders of the machine, or its network and processes.', why: 'What runs in such a container, a model’s code for one, is one step from all that runs on the machine.',
    whenNotToUse: 'For a tool that manages the machine itself.', noFix: 'Which of the rights the work needs has to be found out.',
    judge,
    examples: [
      { file: 'sandbox.py', bad: sample(['import docker', 'client = docker.from_env()', 'client.containers.run("tools", privileged=«True»)']), fixed: sample(['import docker', 'client = docker.from_env()', 'client.containers.run("tools", privileged=False)']), good: sample(['import docker', 'client = docker.from_env()', 'client.containers.run("tools", network_mode="none", read_only=True)']) },
      { file: 'job.py', bad: sample(['from kubernetes import client', 'volume = client.V1HostPathVolumeSource(path=«"/var/run/docker.sock"»)']), good: sample(['from kubernetes import client', 'volume = client.V1HostPathVolumeSource(path="/mnt/models")']) },
    ],
  }),
  callRule({
    id: 'transport/docker-in-the-clear', title: 'Docker reached without encryption', severity: 'high', references: ['CWE-319', 'CWE-306', 'SC-8'], callees: ['docker.{DockerClient,Client,APIClient}'],
    what: 'Reports clients of Docker that reach another host over plain TCP.', why: 'Whoever reaches that port is root on the host; and who sits on the network changes what is run.', noFix: 'The host needs certificates, or is reached through SSH.', whenNotToUse: 'Behind a tunnel that encrypts and asks who calls.',
    judge: (call): Report | undefined => {
      const found = option(call, 'base_url') ?? option(call, 0);
      const host = /^(?:tcp|http):\/\/\[?([^\]:/]+)/.exec(text(found) ?? '')?.[1];
      const tls = option(call, 'tls');
      return host !== undefined && !isLocalHost(host) && (!tls || tls.value.constant === false) && !isTrue(tls) ? { at: found!.origin, message: `Docker on ${host} is reached without encryption.` } : undefined;
    },
    examples: [{ file: 'remote.py', bad: sample(['import docker', 'client = docker.DockerClient(base_url=«"tcp://build.acme.io:2375"»)']), good: sample(['import docker', 'client = docker.DockerClient(base_url="unix:///var/run/docker.sock")']) }],
  }),
] satisfies readonly Rule[];
