"""Front door: builds everything, owns every lifetime, closes in reverse."""
