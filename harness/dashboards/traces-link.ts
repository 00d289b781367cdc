import type { Builder } from '@grafana/grafana-foundation-sdk/cog';
import { type DashboardLink, DashboardLinkType } from '@grafana/grafana-foundation-sdk/dashboard';

/** As grafana/provisioning/datasources names it. */
const jaeger = { type: 'jaeger', uid: 'gameday-jaeger' };

/** Grafana's variables for the time that a dashboard shows; it replaces them in links, where they must not be encoded. */
const shownTime = { from: `\${__from}`, to: `\${__to}` };

/** Leads to the traces of one of the app's services from the time that is shown, in Grafana's Explore. */
export function tracesLink(service: string): Builder<DashboardLink> {
  const query = { refId: 'A', datasource: jaeger, queryType: 'search', service };
  const panes = { traces: { datasource: jaeger.uid, queries: [query], range: shownTime } };
  const encoded = encodeURIComponent(JSON.stringify(panes)).replace(/%24%7B(\w+)%7D/g, `\${$1}`);
  return {
    // Not with the SDK's builder: its links are in a menu, where nobody looks.
    build: () => ({
      type: DashboardLinkType.Link,
      title: 'Traces',
      icon: 'external link',
      tooltip: 'Requests that were traced, where the app sends its traces to Jaeger',
      url: `/explore?schemaVersion=1&panes=${encoded}`,
      tags: [],
      asDropdown: false,
      targetBlank: true,
      includeVars: false,
      keepTime: false,
    }),
  };
}
