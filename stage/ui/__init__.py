"""Front of house: everything drawn. Asks the director, holds no logic."""
