import type { TestProject } from 'vitest/node';
import { openStorage } from '../storage/open-storage.ts';
import { partitionByAccount } from './partition-by-account.ts';
import { runOn, startCluster } from './postgres-cluster.ts';

/** Starts PostgreSQL for a whole test run; every test copies a database whose tables are there already. */
export default async function setUp(project: TestProject): Promise<() => Promise<void>> {
  const cluster = await startCluster();
  const template = 'template_backpack';
  const address = cluster.addressOf(template);
  await runOn(cluster.addressOf('postgres'), `create database ${template}`);
  await (await openStorage({ engine: 'postgresql', location: address })).close();
  if (project.name === 'postgresql-in-parts') await partitionByAccount(address);
  project.provide('cluster', { folder: cluster.folder, template });
  return cluster.stop;
}
