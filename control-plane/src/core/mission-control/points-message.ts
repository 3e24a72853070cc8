import { create, type MessageInitShape } from '@bufbuild/protobuf';
import {
  type Points,
  PointsSchema,
  type UniversePointsSchema,
} from '@chronos/proto/chronos/v1/mission_control_service_pb.js';
import type { Point, Side } from './point.ts';

/** Points as columns: packed numbers, a tenth of the bytes that a message a point would take. */
export function pointsMessage(points: readonly Point[]): Points {
  return create(PointsSchema, {
    atSeconds: points.map((p) => p.atS),
    legacy: sideColumns(points.map((p) => p.legacy)),
    modern: sideColumns(points.map((p) => p.modern)),
    compared: points.map((p) => p.compared),
    mismatched: points.map((p) => p.mismatched),
    asked: points.map((p) => p.asked),
    lost: points.map((p) => p.lost),
    failed: points.map((p) => p.failed),
    modernPercent: points.map((p) => p.modernPercent),
    confidence: points.map((p) => p.confidence),
  });
}

function sideColumns(sides: readonly Side[]): MessageInitShape<typeof UniversePointsSchema> {
  return {
    requests: sides.map((s) => s.requests),
    errors: sides.map((s) => s.errors),
    answered: sides.map((s) => s.answered),
    p50Ms: sides.map((s) => s.p50Ms),
    p99Ms: sides.map((s) => s.p99Ms),
  };
}
