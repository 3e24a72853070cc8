import type { DeploymentService, DeployRequest } from '@chronos/proto/chronos/v1/deployment_service_pb.js';
import { UniverseName } from '@chronos/proto/chronos/v1/migration_service_pb.js';
import type { ServiceImpl } from '@connectrpc/connect';
import { DomainError } from '../../core/domain-error.ts';
import { deploymentMessage } from '../../core/view/state-message.ts';
import { deploy } from '../engine/deploy.ts';
import type { Target } from '../engine/deploy-order.ts';
import type { Engine } from '../engine/engine.ts';
import { pageOf } from './pages.ts';

/** DeploymentService over the engine. */
export function deploymentService(engine: Engine): ServiceImpl<typeof DeploymentService> {
  return {
    async deploy(request) {
      if (request.force && request.reason.trim() === '')
        throw new DomainError('invalid', 'a forced deployment says why', {
          fields: [{ path: 'reason', message: 'is needed with force' }],
        });
      const deployment = await deploy(engine, {
        migration: request.migration,
        universe: request.universe === UniverseName.LEGACY ? 'legacy' : 'modern',
        target: targetOf(request),
        actor: request.actor === '' ? 'operator' : request.actor,
        reason: request.reason || 'deployed by an operator',
        remediation: false,
        force: request.force,
      });
      return { deployment: deploymentMessage(request.migration, deployment) };
    },
    listDeployments(request) {
      const newestFirst = [...engine.world.require(request.migration).deployments].reverse();
      const { items, nextPageToken } = pageOf('deployments', newestFirst, request);
      return { deployments: items.map((item) => deploymentMessage(request.migration, item)), nextPageToken };
    },
  };
}

function targetOf({ what }: DeployRequest): Target {
  switch (what.case) {
    case 'build':
      return { kind: 'build', name: what.value };
    case 'address':
      return { kind: 'address', address: what.value };
    case undefined:
      throw new Error('validated before: what is required');
  }
}
