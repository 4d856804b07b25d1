"""Every action: the table, what its rows do, and the menus, keys and palette made from it."""
