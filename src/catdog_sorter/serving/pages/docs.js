// Shows the service's own description; nothing is loaded from elsewhere.
"use strict";

SwaggerUIBundle({ url: "/openapi.json", dom_id: "#swagger-ui", validatorUrl: null });
