import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { projectRoot } from '../../harness/platform/files.ts';
import { defaultImage as postgresImage } from '../../harness/services/company/docker-provider.ts';
import { runSettings } from '../../harness/services/postgres/settings.ts';
import { defaultImage as redisImage } from '../../harness/services/redis/docker-redis.ts';
import { type ComposeService, readComposeFile, withDefaults } from '../support/compose-file.ts';

const file = readComposeFile();
const services = Object.entries(file.services);
const having = <Key extends keyof ComposeService>(key: Key) =>
  services.flatMap(([name, service]) => {
    const value = service[key];
    return value === undefined ? [] : [[name, value as NonNullable<ComposeService[Key]>] as const];
  });
/** What runs until it is told to stop and serves others. */
const servers = services.filter(([name]) => !['harness', 'migrate', 'network'].includes(name));

describe('docker-compose.yml', () => {
  it('has no version, and what it should have', () => {
    expect(file).not.toHaveProperty('version');
    const inProfile = (profile?: string) =>
      services.filter(([, { profiles = [] }]) => profiles[0] === profile).map(([name]) => name);
    expect(inProfile()).toEqual(['postgres', 'redis', 'network', 'harness']);
    expect(inProfile('app')).toEqual(['migrate', 'api-1', 'api-2', 'worker']);
    expect(inProfile('observability')).toEqual(['prometheus', 'grafana', 'jaeger']);
  });

  it.each(services)('%s is an image of ours, built here, or one pinned to a patch version', (_, { image, build }) => {
    if (build === undefined) expect(withDefaults(image)).toMatch(/:v?\d+\.\d+(\.\d+)?$/);
    else expect(existsSync(join(projectRoot, build.context, build.dockerfile))).toBe(true);
  });

  it.each(having('ports'))('%s can be reached from this machine only', (_, ports) => {
    for (const port of ports) expect(withDefaults(port)).toMatch(/^127\.0\.0\.1:\d+:\d+$/);
  });

  it('publishes no port twice', () => {
    const published = having('ports').flatMap(([, ports]) => ports.map((port) => withDefaults(port).split(':')[1]));
    expect(new Set(published).size).toBe(published.length);
  });

  it.each(servers)('%s is asked whether it is well', (_, { healthcheck }) => {
    expect(healthcheck?.test?.[0]).toMatch(/^CMD/);
  });

  it.each(having('depends_on'))('%s waits until what it needs is well', (_, needs) => {
    for (const [name, { condition }] of Object.entries(needs)) {
      const expected = { migrate: 'service_completed_successfully', network: 'service_started' }[name];
      expect(condition, name).toBe(expected ?? 'service_healthy');
      expect(file.services).toHaveProperty(name);
    }
  });

  it('keeps data in volumes that have a name', () => {
    const volumes = having('volumes').flatMap(([, mounts]) => mounts.map((mount) => mount.split(':')[0]!));
    expect(volumes.filter((source) => !source.startsWith('./')).sort()).toEqual(Object.keys(file.volumes).sort());
  });

  it('writes no secret that can not be given', () => {
    for (const [name, environment] of having('environment'))
      for (const [key, value] of Object.entries(environment))
        if (/PASSWORD|SECRET|AUTH$/.test(key)) expect(value, `${name} ${key}`).toMatch(/^\$\{\w+:-[^}]+\}$/);
  });

  it('has metrics served where its Prometheus looks', () => {
    const config = readFileSync(join(projectRoot, 'grafana/prometheus/prometheus.yml'), 'utf8');
    const looked = [...config.matchAll(/127\.0\.0\.1:(\d+)/g)].map(([, port]) => Number(port));
    expect(new Set(looked)).toEqual(new Set([file.services.harness!.environment!.GAMEDAY_METRICS_PORT]));
    expect(looked).toHaveLength(2);
  });

  it('has the images and the settings of the services that the harness starts itself', () => {
    const { postgres, redis } = file.services;
    expect(withDefaults(postgres!.image)).toBe(postgresImage);
    expect(withDefaults(redis!.image)).toBe(redisImage);
    const settings = postgres!.command!.filter((word) => word.includes('=')).map((word) => word.split('='));
    expect(Object.fromEntries(settings)).toEqual(
      Object.fromEntries(settings.map(([name]) => [name, runSettings(18)[name!]])),
    );
  });
});
