/** Settings of postgresql.conf by name. */
export type Settings = Readonly<Record<string, string>>;

/**
 * Settings of a private server whose data lives as long as one run. They go into postgresql.conf and not on the command line, where
 * `ALTER SYSTEM`, which meters and participants use, could not change them.
 *
 * Nothing is forced to disk: that protects against a crash of the operating system only, and after that the run is over anyway. A killed
 * server still recovers from its WAL, whose pages the operating system holds.
 * @param major PostgreSQL's major version
 */
export function runSettings(major: number): Settings {
  return {
    ...commonSettings(major),
    max_wal_size: '512MB',
    min_wal_size: '32MB',
    checkpoint_timeout: '30min',
    max_connections: '120',
    track_io_timing: 'on',
    track_activity_query_size: '4096',
    shared_preload_libraries: 'pg_stat_statements,auto_explain',
    'pg_stat_statements.track': 'top',
    'pg_stat_statements.max': '10000',
    'auto_explain.log_min_duration': '-1',
    log_line_prefix: '%m [%p] user=%u,db=%d ',
    log_lock_waits: 'on',
  };
}

/** Settings for filling a database as fast as possible: a crash just means starting over. */
export function buildSettings(major: number): Settings {
  return {
    ...commonSettings(major),
    full_page_writes: 'off',
    autovacuum: 'off',
    max_wal_size: '4GB',
    min_wal_size: '32MB',
    // Old WAL is deleted instead of kept for later, so that little is left to copy for each run.
    wal_recycle: 'off',
    checkpoint_timeout: '1d',
    shared_preload_libraries: 'pg_stat_statements',
  };
}

function commonSettings(major: number): Settings {
  return {
    listen_addresses: '127.0.0.1',
    // One way in, with a password. A socket would need a path short enough for the kernel.
    unix_socket_directories: '',
    shared_buffers: '256MB',
    fsync: 'off',
    synchronous_commit: 'off',
    wal_level: 'minimal',
    max_wal_senders: '0',
    jit: 'off',
    timezone: 'UTC',
    log_timezone: 'UTC',
    lc_messages: 'C',
    // Kept in the data directory, so that a killed server leaves nothing in /dev/shm.
    dynamic_shared_memory_type: 'mmap',
    // Iterations make guessing weak passwords slow. Ours are long and random, so they would only slow down connecting.
    ...(major >= 16 ? { scram_iterations: '256' } : {}),
    // Copies a database inside the kernel; instantly where the file system shares blocks.
    ...(major >= 18 ? { file_copy_method: 'clone' } : {}),
  };
}

/** The text of a postgresql.conf. */
export function configurationFile(settings: Settings): string {
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value.replaceAll("'", "''")}'\n`)
    .join('');
}
