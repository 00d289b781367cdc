import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { generate } from '../../../harness/dashboards/generate.ts';
import { projectRoot } from '../../../harness/platform/files.ts';
import { readComposeFile } from '../../support/compose-file.ts';

const grafana = join(projectRoot, 'grafana');
const committed = (path: string) => readFileSync(join(grafana, path), 'utf8');

interface Panel {
  readonly type: string;
  readonly title: string;
  readonly description?: string;
  readonly datasource?: { readonly uid: string };
  readonly gridPos: { readonly x: number; readonly w: number };
  readonly targets?: readonly Query[];
}

interface Query {
  readonly refId: string;
  readonly datasource: { readonly uid: string };
}

interface Board {
  readonly id: null;
  readonly uid: string;
  readonly title: string;
  readonly panels: readonly Panel[];
  readonly annotations: { readonly list: readonly { readonly datasource: { readonly uid: string } }[] };
  readonly links?: readonly { readonly url: string }[];
}

interface Pane {
  readonly datasource: string;
  readonly queries: readonly Query[];
  readonly range: object;
}

const boards = Object.entries(generate())
  .filter(([path]) => path.endsWith('.json'))
  .map(([, text]) => JSON.parse(text) as Board);

/** What links open in Explore, once Grafana has put in the time that a dashboard shows. */
const panes = boards
  .flatMap(({ links = [] }) => links)
  .flatMap(({ url }) => {
    const shown = url.replace(/\$\{__from\}/, '1000').replace(/\$\{__to\}/, '2000');
    const text = new URL(shown, 'http://grafana').searchParams.get('panes');
    return Object.values(JSON.parse(text!) as Readonly<Record<string, Pane>>);
  });

describe('what is committed in grafana/', () => {
  it.each(Object.entries(generate()))('%s is what its source generates (else: npm run dashboards)', (path, text) => {
    expect(committed(path)).toBe(text);
  });

  it('is all generated, but for the provisioning', () => {
    const files = ['dashboards', 'alerts'].flatMap((folder) =>
      readdirSync(join(grafana, folder)).map((name) => `${folder}/${name}`),
    );
    expect(files.sort()).toEqual(Object.keys(generate()).sort());
  });
});

describe('the dashboards', () => {
  it('are four, without an id of some Grafana but with a uid of their own', () => {
    expect(boards.map(({ title }) => title)).toEqual(['Service', 'PostgreSQL', 'Cache and queues', 'Game day']);
    expect(boards.map(({ id }) => id)).toEqual([null, null, null, null]);
    expect(new Set(boards.map(({ uid }) => uid)).size).toBe(4);
  });

  it('ask data sources that are provisioned, once each and with a uid that stays', () => {
    const provisioned = readdirSync(join(grafana, 'provisioning/datasources')).flatMap((file) => {
      const { datasources } = parse(committed(`provisioning/datasources/${file}`)) as {
        readonly datasources: readonly { readonly uid: string; readonly type: string; readonly url: string }[];
      };
      return datasources;
    });
    expect(provisioned.map(({ uid, type }) => [type, uid]).sort()).toEqual([
      ['jaeger', 'gameday-jaeger'],
      ['prometheus', 'gameday-prometheus'],
    ]);
    const { environment } = readComposeFile().services.grafana!;
    for (const { url } of provisioned) expect(environment).toHaveProperty(url.replace(/^\$/, ''));

    const asked = boards.flatMap(({ panels, annotations }) => [
      ...panels.flatMap(({ datasource, targets = [] }) => [datasource, ...targets.map((target) => target.datasource)]),
      ...annotations.list.map(({ datasource }) => datasource),
    ]);
    expect(new Set(asked.flatMap((datasource) => datasource?.uid ?? []))).toEqual(new Set(['gameday-prometheus']));
    expect(
      panes.flatMap(({ datasource, queries }) => [datasource, ...queries.map((query) => query.datasource.uid)]),
    ).toEqual(['gameday-jaeger', 'gameday-jaeger']);
  });

  it('lead to the traces of the API from the time that is shown', () => {
    expect(panes).toMatchObject([
      { queries: [{ queryType: 'search', service: 'tradepost-api' }], range: { from: '1000', to: '2000' } },
    ]);
    expect(readComposeFile().services['api-1']!.environment).toMatchObject({ OTEL_SERVICE_NAME: 'tradepost-api' });
  });

  it('have panels that fit, say what they show, and do not share a title within a dashboard', () => {
    for (const { title, panels } of boards) {
      const shown = panels.filter(({ type }) => type !== 'row');
      expect(new Set(shown.map((panel) => panel.title)).size, title).toBe(shown.length);
      for (const panel of shown) {
        const where = `${title}: ${panel.title}`;
        expect(panel.gridPos.x + panel.gridPos.w, where).toBeLessThanOrEqual(24);
        if (panel.type === 'text') continue;
        expect(panel.description, where).toMatch(/\.$/);
        expect(panel.targets!.length, where).toBeGreaterThan(0);
        expect(new Set(panel.targets!.map(({ refId }) => refId)).size, where).toBe(panel.targets!.length);
      }
    }
  });

  it('say by how much time is compressed, as every alert does', () => {
    const compressed = /compressed by 60/;
    const texts = Object.entries(generate());
    for (const name of ['service', 'game-day']) {
      expect(texts.find(([path]) => path.includes(name))![1]).toMatch(compressed);
    }
    const alerts = committed('alerts/slo.yaml').split('- alert: ').slice(1);
    expect(alerts).toHaveLength(4);
    for (const alert of alerts) expect(alert).toMatch(compressed);
  });
});
