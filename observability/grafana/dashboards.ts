import { controlPlane } from './dashboards/control-plane.ts';
import { dataPlane } from './dashboards/data-plane.ts';
import { migration } from './dashboards/migration.ts';
import { pipeline } from './dashboards/pipeline.ts';
import { slo } from './dashboards/slo.ts';
import type { Dashboard } from './spec.ts';

export const dashboards: readonly Dashboard[] = [migration, controlPlane, dataPlane, pipeline, slo];
