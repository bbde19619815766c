import type { CodeArgument, CodeCall } from '../../analysis/code/events.ts';
import type { Value as CodeValue } from '../../analysis/code/value.ts';
import { newProperties, number, text } from './call.ts';
import type { Synthesized } from './lower.ts';

/** Rules that `addIngressRule`, `allowFromAnyIpv4` and their kin add to a security group. */
export function ruleResources(call: CodeCall, method: string, owner: string): Synthesized[] {
  const ingress = /^(?:addIngressRule|allowFrom\w*|allowDefaultPortFrom\w*)$/.test(method);
  const egress = /^(?:addEgressRule|allowTo\w*)$/.test(method);
  if ((!ingress && !egress) || !/^aws-(?:ec2|rds|docdb|neptune|elasticloadbalancingv2|ecs|lambda|opensearchservice|redshift|efs|eks)\./.test(owner)) return [];
  const any = /AnyIpv(4|6)$/.exec(method);
  const peer = any ? undefined : call.args[0];
  const range = any ? { value: any[1] === '6' ? '::/0' : '0.0.0.0/0', at: call.callee } : peer && rangeOf(peer);
  if (!range) return [];
  const ports = portsOf((any ? call.args[0] : call.args[1])?.value);
  if (!ports) return [];
  const properties = newProperties();
  properties.set(range.value.includes(':') ? 'CidrIpv6' : 'CidrIp', text(range.value, range.at), range.at);
  properties.set('IpProtocol', text(ports.protocol, call.callee), call.callee);
  properties.set('FromPort', number(ports.from, call.callee), call.callee);
  properties.set('ToPort', number(ports.to, call.callee), call.callee);
  if (egress) properties.set('Type', text('egress', call.callee), call.callee);
  return [{ id: `${call.written.replace(/\.\w+$/, '')}#${call.origin.range.start}`, type: egress ? 'AWS::EC2::SecurityGroupEgress' : 'AWS::EC2::SecurityGroupIngress', call, properties: properties.map, complete: true, header: call.callee }];
}

function rangeOf({ value, origin }: CodeArgument): { readonly value: string; readonly at: CodeArgument['origin'] } | undefined {
  const name = value.call?.name ?? '';
  if (/\.Peer\.(?:anyIpv4|any_ipv4)$/.test(name)) return { value: '0.0.0.0/0', at: origin };
  if (/\.Peer\.(?:anyIpv6|any_ipv6)$/.test(name)) return { value: '::/0', at: origin };
  const given = /\.Peer\.(?:ipv4|ipv6)$/.test(name) ? value.call?.args[0]?.value.constant : undefined;
  return typeof given === 'string' ? { value: given, at: origin } : undefined;
}

function portsOf(value: CodeValue | undefined): { readonly protocol: string; readonly from: number; readonly to: number } | undefined {
  const name = /\.Port\.(\w+)$/.exec(value?.call?.name ?? value?.name ?? '')?.[1]?.replace(/_(\w)/g, (_, letter: string) => letter.toUpperCase());
  const [first, second] = (value?.call?.args ?? []).map((one) => one.value.constant);
  switch (name) {
    case 'tcp': case 'udp': return typeof first === 'number' ? { protocol: name, from: first, to: first } : undefined;
    case 'tcpRange': case 'udpRange': return typeof first === 'number' && typeof second === 'number' ? { protocol: name.slice(0, 3), from: first, to: second } : undefined;
    case 'allTcp': case 'allUdp': return { protocol: name.slice(3).toLowerCase(), from: 0, to: 65_535 };
    case 'allTraffic': return { protocol: '-1', from: 0, to: 65_535 };
    default: {
      const common: Readonly<Record<string, number>> = { HTTP: 80, HTTPS: 443, SSH: 22, RDP: 3389, POSTGRES: 5432, MYSQL_AURORA: 3306, MSSQL: 1433, REDIS: 6379 };
      const port = name === undefined ? undefined : common[name.replace(/[A-Z]/g, (letter) => letter)] ?? common[name.toUpperCase()];
      return port === undefined ? undefined : { protocol: 'tcp', from: port, to: port };
    }
  }
}
