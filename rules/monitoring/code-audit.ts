import type { Rule } from '../../server/rule/rule.ts';
import { callRule } from '../_calls.ts';
import { sample } from '../_samples.ts';

export default [
  callRule({
    id: 'monitoring/audit-switched-off', title: 'Record of what happens in the account switched off by the SDK', severity: 'high', references: ['AU-2', 'AU-12', 'CWE-778'],
    callees: ['boto3.client(cloudtrail)#{stop_logging,delete_trail}', 'boto3.client(guardduty)#{delete_detector,stop_monitoring_members}', 'boto3.client(config)#{stop_configuration_recorder,delete_configuration_recorder}', 'boto3.client(securityhub)#disable_security_hub', 'boto3.client(bedrock)#delete_model_invocation_logging_configuration', '@aws-sdk/client-cloudtrail.{StopLoggingCommand,DeleteTrailCommand}', '@aws-sdk/client-guardduty.DeleteDetectorCommand', '@aws-sdk/client-config-service.{StopConfigurationRecorderCommand,DeleteConfigurationRecorderCommand}', '@aws-sdk/client-securityhub.DisableSecurityHubCommand', '@aws-sdk/client-bedrock.DeleteModelInvocationLoggingConfigurationCommand'],
    what: 'Reports calls of the AWS SDK that stop or delete trails, detectors, recorders and the log of what models are asked.', why: 'What happens from then on is seen by nobody, and intruders do just that first.', whenNotToUse: 'In a program that takes a test account down.',
    noFix: 'Whether the record is needed has to be decided.',
    judge: (call) => ({ at: call.callee, message: `${call.written} ends the record of what happens in the account.` }),
    examples: [
      { file: 'quiet.py', bad: sample(['import boto3', 'trail = boto3.client("cloudtrail")', '«trail.stop_logging»(Name="main")']), good: sample(['import boto3', 'trail = boto3.client("cloudtrail")', 'trail.start_logging(Name="main")']) },
      { file: 'quiet.ts', bad: sample(["import { CloudTrailClient, StopLoggingCommand } from '@aws-sdk/client-cloudtrail';", "await new CloudTrailClient({}).send(new «StopLoggingCommand»({ Name: 'main' }));"]), good: sample(["import { CloudTrailClient, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';", "await new CloudTrailClient({}).send(new StartLoggingCommand({ Name: 'main' }));"]) },
    ],
  }),
] satisfies readonly Rule[];
