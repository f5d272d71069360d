def pre_init_hook(env):
    """Exclusion constraints on people and dates need the btree_gist extension."""
    env.cr.execute("CREATE EXTENSION IF NOT EXISTS btree_gist")
