import {
  AnnotationQueryBuilder,
  DashboardBuilder,
  DashboardCursorSync,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { datasource } from './panels.ts';

/** What all dashboards share: a fixed uid, seconds rather than minutes, one cursor, and deploys as marks. */
export function dashboard(uid: string, title: string, description: string): DashboardBuilder {
  return new DashboardBuilder(title)
    .id(null)
    .uid(uid)
    .description(description)
    .tags(['gameday'])
    .readonly()
    .time({ from: 'now-15m', to: 'now' })
    .refresh('5s')
    .timezone('browser')
    .tooltip(DashboardCursorSync.Crosshair)
    .annotation(
      annotation('Deploys', 'gameday_deploy_timestamp_seconds * 1000', 'blue')
        .titleFormat('Deploy {{deploy}}: {{outcome}}')
        .useValueForTime(true),
    );
}

/** Marks where an expression has a value. */
export function annotation(name: string, expr: string, color: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(datasource)
    .enable(true)
    .iconColor(color)
    .expr(expr)
    .step('1s');
}
