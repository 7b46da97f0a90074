"""The bundled adapters, one small file for each dataset. `vstar-data adapters list` names them."""
